import { Unmet } from '../conformance/client/unmet.ts';
import { readOptions, usage, WrongArguments } from './run/options.ts';
import { exitCodeOf, jsonOf, lineOf, summaryOf } from './run/report.ts';
import { smoke } from './run/smoke.ts';

/** `npm run smoke -- URL`: checks a deployment. */

async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (!options) {
      console.log(usage);
      return 0;
    }
    const stopping = new AbortController();
    process.once('SIGINT', () => {
      console.error('Stopping, and deleting the accounts.');
      stopping.abort();
    });
    const tell = options.json ? () => {} : (result: Parameters<typeof lineOf>[0]) => console.log(lineOf(result));
    const report = await smoke(options, stopping.signal, tell);
    console.log(options.json ? jsonOf(report) : summaryOf(report).join('\n'));
    return exitCodeOf(report);
  } catch (error) {
    if (error instanceof WrongArguments) console.error(`${error.message}\n\n${usage}`);
    else if (error instanceof Unmet) console.error(`No server answers at this URL: ${error.came}`);
    else throw error;
    return 2;
  }
}

process.exitCode = await main();
