import { operate } from './operate.ts';
import { ownTerminal } from './terminal.ts';

/** `npm run operator -- COMMAND` */

/** Of `npm run operator suspend X --stage prod`, npm keeps the option for itself: the command would act on the laptop. */
const eaten = ['stage', 'url', 'reason', 'messages'].find((name) => process.env[`npm_config_${name}`] !== undefined);
if (eaten) {
  console.error(`npm took --${eaten} for itself. Write "--" first: npm run operator -- COMMAND --${eaten} ...`);
  process.exit(2);
}
process.exitCode = await operate(process.argv.slice(2), ownTerminal());
