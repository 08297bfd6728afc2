import { join } from 'node:path';
import { styleText } from 'node:util';
import { describeChaos, RandomChaos } from './aws/chaos.ts';
import { readContext, withLocalDefaults } from './aws/cloudformation/context.ts';
import { describeAddresses, describeServices } from './console/banner.ts';
import { formatLog } from './console/log-formatter.ts';
import { openDemoChat } from './console/open-demo-chat.ts';
import { secondsSince, step } from './console/progress.ts';
import { reloadOnChange } from './console/reload-on-change.ts';
import { explain, readSettings } from './console/settings.ts';
import { Shutdown } from './console/shutdown.ts';
import { Runner } from './runner.ts';

/** `npm start` */

const root = join(import.meta.dirname, '../..');
const stage = 'dev';
/** The folder with cdk.json: the current one, as for the CDK command. For npm that is the project's. */
const project = process.cwd();
const startedAt = performance.now();
const say = (line: string) => console.log(`${styleText('dim', secondsSince(startedAt).padStart(7))}  ${line}`);
const shutdown = new Shutdown(say);

async function main(): Promise<void> {
  const settings = readSettings(root);
  // Until the server is ready, all requests are the runner's own, and only their warnings and errors are shown.
  let readyAt = Number.POSITIVE_INFINITY;
  const log = (text: string) => process.stdout.write(formatLog(text, readyAt));
  const chaos = settings.chaosSeed === undefined ? undefined : new RandomChaos(settings.chaosSeed, console.log);
  say(`Settings: the stage "${stage}" of cdk.json`);
  const context = () => withLocalDefaults(readContext(project, stage));
  const starting = Runner.start({ ...settings, context, chaos, signal: shutdown.signal, say, log });
  shutdown.guard(starting, settings.folder ? 'Your data is in .local/.' : 'No data was kept.');
  const runner = await starting;
  void runner.died.then(() => shutdown.stop('DynamoDB Local has exited', 1));
  reloadOnChange({ root, project }, () => runner.reload(), say);
  const demo = await step(say, 'Opening the demo chat', () => openDemoChat(runner.url, !settings.openai));
  readyAt = Date.now();
  for (const line of describeServices(settings, runner.assistant)) say(line);
  if (chaos) for (const line of describeChaos(chaos.seed)) say(line);
  say(describeAddresses(runner, settings.host, demo));
  chaos?.begin();
}

main().catch((error: Error) => {
  // An interrupted start throws too; `shutdown` ends the process.
  if (shutdown.signal.aborted) return;
  console.error(explain(error));
  process.exit(1);
});
