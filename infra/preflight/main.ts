import { App } from 'aws-cdk-lib';
import { readContext } from '../local/aws/cloudformation/context.ts';
import { readArguments } from '../local/console/command-line.ts';
import { readConfig } from '../read-config.ts';
import { regionOfCdk } from './aws.ts';
import { checks } from './checks/index.ts';
import { exitCodeOf, jsonOf, linesOf, summaryOf } from './report.ts';
import { runChecks } from './run.ts';
import { Target } from './target.ts';

const usage = `Checks whether a stage can be deployed, and whether what it needs is there. Changes nothing.

Usage: npm run preflight -- [options]

  --stage NAME   the stage in cdk.json (default: prod)
  --json         print the result as JSON

It uses the credentials and the region that "cdk deploy" would: AWS_PROFILE, AWS_REGION.
The exit code is 0 if all is ok, 1 if there is something to do, 2 if something could not be checked.
docs/deploy.md explains the lines, and has a policy with the permissions.`;

const given = readArguments(['--stage=', '--json'], usage);
const stage = given.findLast((argument) => argument.startsWith('--stage='))?.slice('--stage='.length) ?? 'prod';

try {
  const config = readConfig(new App({ context: readContext(process.cwd(), stage), analyticsReporting: false }));
  const target = new Target(config, await regionOfCdk());
  const results = await runChecks(target, progress(target.stackName));
  if (given.includes('--json')) console.log(jsonOf(target.stackName, target.region, results));
  else console.log([...linesOf(results), '', summaryOf(results)].join('\n'));
  process.exitCode = exitCodeOf(results);
} catch (error) {
  // For a wrong setting the message says it all; any other error needs its stack trace.
  const expected = error instanceof Error && error.name === 'Error';
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}

/** Says on stderr how far it is: on a terminal in one line, which disappears at the end. */
function progress(stackName: string): (done: number) => void {
  const { stderr } = process;
  if (!stderr.isTTY) {
    stderr.write(`Checking ${stackName}: ${checks.length} checks\n`);
    return () => {};
  }
  const erase = '\r\x1b[K';
  stderr.write(`Checking ${stackName} ...`);
  return (done) =>
    void stderr.write(done < checks.length ? `${erase}Checking ${stackName}: ${done} of ${checks.length}` : erase);
}
