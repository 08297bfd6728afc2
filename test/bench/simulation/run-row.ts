import './replace.ts';
import { tables } from './rows.ts';
import { simulate } from './scenarios.ts';

/** Simulates one row in a process of its own, and sends its cells. */

const [table = 0, row = 0, seed = 1] = process.argv.slice(2).map(Number);
const { columns = {}, rows = [] } = tables[table] ?? {};
const scenario = rows[row];
if (!scenario) throw new Error('This row does not exist');
process.env.PARALLEL_PAGES = String((scenario.parallelPages ?? 2) / (scenario.parts ?? 1));
// Not before the model has been put in the place of AWS.
const { deliverToChat } = await import('#shared/delivery/to-chat.ts');
const { deliverPage } = await import('#shared/delivery/page.ts');
const startedAt = Date.now();
const say = () => console.error(`${scenario.name}: second ${Math.floor((Date.now() - startedAt) / 1000)}`);
setInterval(say, 10_000).unref();
const outcome = await simulate(scenario, seed, { deliverToChat, deliverPage });
process.send?.(Object.values(columns).map((cell) => cell(outcome)));
