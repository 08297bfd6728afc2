/**
 * The arguments of the command, those before npm's "--" included. A known argument that ends with "=" takes any value.
 * `--help` and unknown arguments print the usage and end the process.
 */
export function readArguments(known: string[], usage: string): string[] {
  const given = [...process.argv.slice(2), ...argumentsOfNpm(known)];
  const isKnown = (argument: string) =>
    ['--help', ...known].some((one) => argument === one || (one.endsWith('=') && argument.startsWith(one)));
  const unknown = given.filter((argument) => !isKnown(argument));
  if (unknown.length > 0) {
    console.error(`Unknown argument${unknown.length > 1 ? 's' : ''}: ${unknown.join(' ')}\n\n${usage}`);
    process.exit(2);
  }
  if (given.includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  return given;
}

/** What npm takes for its own settings: of `npm start --memory` it leaves only the variable `npm_config_memory=true`. */
function argumentsOfNpm(known: string[]): string[] {
  const names = new Set(known.map((argument) => argument.replace(/^--|=$/g, '')));
  return [...names].flatMap((name) => {
    const value = process.env[`npm_config_${name}`];
    if (!value || value === 'false') return [];
    return value === 'true' ? `--${name}` : `--${name}=${value}`;
  });
}
