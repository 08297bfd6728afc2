import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ReadMarks } from '../../../../infra/local/playground/client/realtime/read-marks.ts';
import { times } from '../../../../infra/local/playground/client/realtime/times.ts';
import { ApiProblem } from '../../../../infra/local/playground/client/rest/api-problem.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function newMarks(answer: () => Promise<void> = async () => {}) {
  const posted: number[] = [];
  const marks = new ReadMarks((seq) => {
    posted.push(seq);
    return answer();
  });
  return { marks, posted };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('sends a mark at once, then the newest one every five seconds', async () => {
  const { marks, posted } = newMarks();
  for (const seq of [3, 4, 5]) marks.read(seq);
  expect(posted).toEqual([3]);
  await pass(4999);
  marks.read(6);
  expect(posted).toEqual([3]);
  await pass(1);
  expect(posted).toEqual([3, 6]);
  await pass(60_000);
  expect(posted).toEqual([3, 6]);
  marks.read(7);
  expect(posted).toEqual([3, 6, 7]);
});

test('sends the last mark when the user leaves', async () => {
  const { marks, posted } = newMarks();
  for (const seq of [3, 4]) marks.read(seq);
  await marks.flush();
  await marks.flush();
  await pass(60_000);
  expect(posted).toEqual([3, 4]);
});

test('repeats a mark that got no answer, also after the user has left', async () => {
  let isDown = true;
  const { marks, posted } = newMarks(async () => {
    if (isDown) throw new TypeError('Failed to fetch');
  });
  marks.read(3);
  await pass(times.readMark);
  marks.read(4);
  await marks.flush();
  expect(posted).toEqual([3, 3, 4]);
  isDown = false;
  await pass(60_000);
  expect(posted).toEqual([3, 3, 4, 4]);
});

test('does not repeat a mark that is refused for good', async () => {
  const { marks, posted } = newMarks(async () => {
    throw new ApiProblem(403, { code: 'not_a_participant' });
  });
  marks.read(3);
  await pass(60_000);
  expect(posted).toEqual([3]);
});

test('sends no mark that the server has already', async () => {
  const { marks, posted } = newMarks();
  marks.learn(5);
  marks.read(4);
  marks.read(5);
  await pass(60_000);
  expect(posted).toEqual([]);
  marks.read(6);
  expect(posted).toEqual([6]);
});

test('who leaves waits for the mark that is on its way', async () => {
  const answered = Promise.withResolvers<void>();
  const { marks } = newMarks(() => answered.promise);
  marks.read(3);
  let left = false;
  void marks.flush().then(() => {
    left = true;
  });
  await pass(1000);
  expect(left).toBe(false);
  answered.resolve();
  await pass(0);
  expect(left).toBe(true);
});
