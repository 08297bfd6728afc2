/**
 * The arguments of the command, those before npm's "--" included. A known argument that ends with "=" takes any value,
 * which may also be the next argument.
 * `--help` and unknown arguments print the usage and end the process.
 */
export function readArguments(known: string[], usage: string): string[] {
  const given = [...withValues(process.argv.slice(2), known), ...argumentsOfNpm(known)];
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

/** "--stage" and "prod" become "--stage=prod". */
function withValues([first, second, ...rest]: string[], known: string[]): string[] {
  if (first === undefined) return [];
  const takesNext = known.includes(`${first}=`) && !known.includes(first) && second?.startsWith('--') === false;
  if (takesNext) return [`${first}=${second}`, ...withValues(rest, known)];
  return [first, ...withValues(second === undefined ? [] : [second, ...rest], known)];
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
