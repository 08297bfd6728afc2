import { searchMessages } from '#shared/contract/chats/search-messages.ts';
import { call } from '../support/call.ts';
import { countOperations } from '../support/count-operations.ts';
import { newGroup, newPerson } from '../support/people.ts';
import { storedMany } from '../support/stored.ts';
import { median, printRow } from './table.ts';

const times = 9;
/** What a request searches at most. */
const count = 10_000;

const sentence = 'Собираемся в субботу у метро, палатки и спальники берём с собой';

/** Prints what searching ten thousand messages takes, and how much of it the matching. */
export async function measureSearch(): Promise<void> {
  // A user may search 20 times a minute.
  const people = await Promise.all(Array.from({ length: 3 }, () => newPerson()));
  const [anna = await newPerson(), ...others] = people;
  const { id: chatId } = await newGroup(anna, ...others);
  await storedMany(anna, chatId, count, (seq) => `${sentence}, ${seq}`);
  const searches: [string, string][] = [
    ['10,000 messages, no hit', 'nothing'],
    ['10,000 messages, no hit, three Russian words', 'палатка спальник озеро'],
    ['a hit in each', 'палатка'],
  ];
  for (const [n, [name, q]] of searches.entries()) {
    const search = () => call(searchMessages, people[n], { params: { chatId }, query: { q } });
    const { operations, trips } = await countOperations(search);
    const taken: { ms: number; cpu: number }[] = [];
    for (let time = 0; time < times; time++) taken.push(await timed(search));
    const p50 = median(taken.map(({ ms }) => ms)).toFixed(0);
    const cpu = median(taken.map((each) => each.cpu)).toFixed(1);
    printRow(name, { operations: operations.length, trips, cpu, p50 });
  }
}

/** Milliseconds, and those of them that this process was busy with all of its threads. */
async function timed(action: () => Promise<unknown>): Promise<{ ms: number; cpu: number }> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await action();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - start, cpu: (user + system) / 1000 };
}
