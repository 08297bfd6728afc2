import { expect, test } from 'vitest';
import { describeChaos, type Fault, faultKinds, RandomChaos } from '../../../../infra/local/aws/chaos.ts';

/** Which of this many occasions the fault strikes. */
function strikesOf(chaos: RandomChaos, fault: Fault, occasions = 2000): number[] {
  return Array.from({ length: occasions }, (_, n) => n).filter((n) => chaos.strikes(fault, `occasion ${n}`));
}

function begun(seed: number): RandomChaos {
  const chaos = new RandomChaos(seed, () => {});
  chaos.begin();
  return chaos;
}

test('strikes the same occasions with the same seed, whatever other faults do in between', () => {
  const [one, same, other] = [begun(7), begun(7), begun(8)];
  const expected = strikesOf(one, 'socketCut');
  strikesOf(same, 'postFailed', 100);
  expect(strikesOf(same, 'socketCut')).toEqual(expected);
  expect(strikesOf(other, 'socketCut')).not.toEqual(expected);
});

test.each(Object.keys(faultKinds) as Fault[])('%s strikes about as often as it says', (fault) => {
  const { oneIn, inARow = 1 }: { oneIn: number; inARow?: number } = faultKinds[fault];
  const occasions = 1000 * oneIn;
  const expected = (occasions * inARow) / (oneIn + inARow - 1);
  const struck = strikesOf(begun(7), fault, occasions).length;
  expect(struck).toBeGreaterThan(expected * 0.8);
  expect(struck).toBeLessThan(expected * 1.2);
});

test('throttles DynamoDB six times in a row, which is more than a function attempts', () => {
  const struck = strikesOf(begun(7), 'databaseThrottled');
  const rows = struck.filter((n) => !struck.includes(n - 1));
  expect(rows.length).toBeGreaterThan(3);
  for (const first of rows) for (let n = 0; n < 6; n++) expect(struck).toContain(first + n);
});

test('does nothing before it begins and after it ends', () => {
  const chaos = new RandomChaos(7, () => {});
  expect(strikesOf(chaos, 'socketCut')).toEqual([]);
  chaos.begin();
  chaos.end();
  expect(strikesOf(chaos, 'socketCut')).toEqual([]);
});

test('counts and logs each fault in one line that cannot control the terminal', () => {
  const lines: string[] = [];
  const chaos = new RandomChaos(7, (line) => lines.push(line));
  chaos.begin();
  while (!chaos.strikes('requestThrottled', 'GET /chats\u001b[2J\n'));
  expect(lines).toEqual([expect.stringContaining('chaos: requestThrottled GET /chats\\u001b[2J\\u000a')]);
  expect(chaos.counts).toEqual(new Map([['requestThrottled', 1]]));
});

test('the start names every fault and the seed', () => {
  const [title, ...lines] = describeChaos(42);
  expect(title).toContain('--chaos=42');
  expect(lines.map((line) => line.trim().split(/\s/)[0])).toEqual(Object.keys(faultKinds));
});
