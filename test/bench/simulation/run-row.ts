import './replace.ts';
import type { Columns } from './cells.ts';
import { simulateComingBack } from './coming-back.ts';
import { tables } from './rows.ts';
import { type Scenario, simulate } from './scenarios.ts';

/** Simulates one row in a process of its own, and sends its cells. */

const [t = 0, n = 0, seed = 1] = process.argv.slice(2).map(Number);
const table = tables[t];
const startedAt = Date.now();
const say = () => console.error(`${table?.rows[n]?.name}: second ${Math.floor((Date.now() - startedAt) / 1000)}`);
setInterval(say, 10_000).unref();
process.send?.(await simulateRow());

async function simulateRow(): Promise<string[]> {
  if (table?.kind === 'coming back') return cells(table, (scenario) => simulateComingBack(scenario, seed));
  if (table?.kind === 'delivery') return cells(table, simulateDelivery);
  throw new Error('This table does not exist');
}

async function simulateDelivery(scenario: Scenario) {
  process.env.PARALLEL_PAGES = String((scenario.parallelPages ?? 2) / (scenario.parts ?? 1));
  if (scenario.pushed) process.env.PUSH_QUEUE = 'modelled';
  // Not before the model has been put in the place of AWS.
  const { deliverToChat } = await import('#shared/delivery/to-chat.ts');
  const { deliverPage } = await import('#shared/delivery/page.ts');
  const { deliverToInboxes } = await import('#shared/delivery/inboxes.ts');
  return simulate(scenario, seed, { deliverToChat, deliverPage, deliverToInboxes });
}

async function cells<Row, Outcome>(
  { rows, columns }: { rows: Row[]; columns: Columns<Outcome> },
  run: (row: Row) => Promise<Outcome>,
): Promise<string[]> {
  const row = rows[n];
  if (!row) throw new Error('This row does not exist');
  const outcome = await run(row);
  return Object.values(columns).map((cell) => cell(outcome));
}
