import type { Table } from './account.ts';
import { cpu, dynamo } from './assumptions.ts';
import { sleep } from './clock.ts';
import { environment } from './environment.ts';
import { between } from './random.ts';

/** Consistent; throttled, it is tried as often as the SDK does. */
export async function read(table: Table, bytes: number, units = Math.max(1, Math.ceil(bytes / dynamo.unitBytes))) {
  const from = environment();
  const { reads, counts } = from.account;
  for (let attempt = 1, most: number = dynamo.throttleDelay; ; attempt++, most *= 2) {
    await sleep(between(dynamo.latency));
    if (reads[table].take(units)) break;
    counts.throttledReads++;
    if (attempt === dynamo.attempts) throw new Error('DynamoDB throttles');
    await sleep(Math.random() * most);
  }
  await new Promise<void>((done) => from.work((bytes / dynamo.itemBytes) * cpu.item, done));
}
