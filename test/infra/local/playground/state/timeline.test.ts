import { expect, test } from 'vitest';
import type { Message } from '#shared/contract/chats/message.ts';
import { Reader } from '../../../../../infra/local/playground/client/realtime/reader.ts';
import type { ChatRealtime } from '../../../../../infra/local/playground/client/realtime/realtime.ts';
import { type Api, pageSize } from '../../../../../infra/local/playground/client/rest/api.ts';
import { maxKept, Timeline } from '../../../../../infra/local/playground/state/timeline.ts';

const message = (seq: number, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  chatId: 'lake',
  userId: 'anna',
  userName: 'Anna',
  content: `Number ${seq}`,
  type: 'text',
  createdAt: '2026-01-01T00:00:00.000Z',
  seq,
  ...more,
});

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => message(first + n));

interface Query {
  around?: number;
  before?: number;
  after?: number;
}

/** A chat of which the newest page is loaded. `gate` holds the answers of the server back. */
function newTimeline(length = 400) {
  const all = range(1, length);
  const reader = new Reader();
  reader.restart(all.slice(-pageSize), 0, 'epoch');
  const server = { gate: Promise.resolve() };
  const listMessages = async (_chatId: string, { around, before, after }: Query) => {
    await server.gate;
    const start =
      around !== undefined ? around - 1 - pageSize / 2 : before !== undefined ? before - 1 - pageSize : (after ?? 0);
    return {
      messages: all.slice(Math.max(0, start), before === undefined ? Math.max(0, start) + pageSize : before - 1),
    };
  };
  const take = (messages: readonly Message[]) => messages.forEach((one) => void reader.receive(one));
  const loadOlder = async () => {
    const { messages } = await listMessages('lake', { before: reader.messages[0]?.seq ?? 0 });
    take(messages);
    return messages.length === pageSize;
  };
  const realtime = { reader, take, loadOlder } as unknown as ChatRealtime;
  const timeline = new Timeline({ listMessages } as unknown as Api, 'lake', realtime, () => {});
  const seqs = () => timeline.messages.map(({ seq }) => seq);
  const ends = () => [seqs()[0], seqs().at(-1), seqs().length];
  /** Messages come in, each by itself. */
  const hear = (count: number) => {
    for (const one of range(all.length + 1, all.length + count)) {
      all.push(one);
      reader.receive(one);
      timeline.follow();
    }
  };
  return { timeline, reader, server, seqs, ends, hear };
}

test('shows the page around a message that is not loaded, and nothing else', async () => {
  const { timeline, reader, ends } = newTimeline();
  await timeline.jump(100);
  expect(timeline.isPast).toBe(true);
  expect(timeline.jumped).toEqual({ seq: 100, keepsFocus: false });
  expect(ends()).toEqual([75, 124, 50]);
  expect([reader.messages.length, reader.cursor, reader.behind]).toEqual([50, 400, false]);
});

test('opens with a part of the history, as one with the newest messages if the two meet', () => {
  const apart = newTimeline();
  apart.timeline.open(range(100, 149));
  expect([apart.timeline.isPast, apart.timeline.jumped, ...apart.ends()]).toEqual([true, undefined, 100, 149, 50]);
  const meeting = newTimeline();
  meeting.timeline.open(range(310, 359));
  expect([meeting.timeline.isPast, ...meeting.ends()]).toEqual([false, 310, 400, 91]);
});

test('goes on in both directions, and becomes one with the newest messages where the two meet', async () => {
  const { timeline, reader, seqs, ends } = newTimeline();
  await timeline.jump(200);
  await timeline.loadOlder();
  await timeline.loadNewer();
  expect(ends()).toEqual([125, 274, 150]);
  reader.receive(message(401));
  while (timeline.isPast) await timeline.loadNewer();
  expect(seqs()).toEqual(range(125, 401).map(({ seq }) => seq));
  expect(reader.messages).toBe(timeline.messages);
  expect([reader.cursor, reader.behind]).toEqual([401, false]);
});

test('the beginning of the chat is the end of older ones', async () => {
  const { timeline, ends } = newTimeline();
  await timeline.jump(40);
  expect(timeline.hasOlder).toBe(true);
  await timeline.loadOlder();
  expect(ends()[0]).toBe(1);
  expect(timeline.hasOlder).toBe(false);
});

test('a page that reaches the newest messages is shown as one with them', async () => {
  const { timeline, seqs } = newTimeline();
  await timeline.jump(340);
  expect(timeline.isPast).toBe(false);
  expect(seqs()).toEqual(range(315, 400).map(({ seq }) => seq));
});

test('a jump to a message of the newest page leaves the history', async () => {
  const { timeline, ends } = newTimeline();
  await timeline.jump(100);
  await timeline.jump(390);
  expect(timeline.isPast).toBe(false);
  expect(ends()).toEqual([351, 400, 50]);
});

test('the last of two jumps counts, and an answer that comes after a return changes nothing', async () => {
  const { timeline, server, ends } = newTimeline();
  const gate = Promise.withResolvers<void>();
  server.gate = gate.promise;
  const jumps = [timeline.jump(100), timeline.jump(200, true)];
  gate.resolve();
  await Promise.all(jumps);
  expect(timeline.jumped).toEqual({ seq: 200, keepsFocus: true });
  expect(ends()).toEqual([175, 224, 50]);
  const late = [timeline.jump(100), timeline.loadNewer()];
  timeline.toNewest();
  await Promise.all(late);
  expect([timeline.isPast, timeline.jumped]).toEqual([false, undefined]);
  expect(ends()).toEqual([351, 400, 50]);
});

test('states that the reader knows are shown, also by quotes, and nothing brings a deleted text back', async () => {
  const { timeline, reader } = newTimeline();
  reader.changed(message(100, { version: 2, content: 'Message deleted', deletedAt: '2026-01-02T00:00:00.000Z' }));
  await timeline.jump(101);
  const shown = () => timeline.messages.find(({ seq }) => seq === 100);
  expect(shown()).toMatchObject({ content: 'Message deleted', version: 2 });
  reader.changed(message(102, { version: 1, content: 'Edited' }));
  timeline.follow();
  expect(timeline.messages.find(({ seq }) => seq === 102)).toMatchObject({ content: 'Edited' });
  expect(timeline.messages).toHaveLength(50);
});

test('the history goes when the reader begins anew, also if its page is still on its way', async () => {
  const { timeline, reader, server, ends } = newTimeline();
  await timeline.jump(100);
  reader.restart(range(351, 400), 9, 'epoch');
  timeline.follow();
  expect(timeline.isPast).toBe(false);
  const gate = Promise.withResolvers<void>();
  server.gate = gate.promise;
  const jump = timeline.jump(340);
  reader.restart(range(361, 400), 12, 'epoch');
  gate.resolve();
  await jump;
  timeline.follow();
  expect(ends()).toEqual([361, 400, 40]);
});

test('forgets the oldest messages while the list follows the new ones', () => {
  const { timeline, reader, ends, hear } = newTimeline();
  hear(1000);
  const [, last, length] = ends();
  expect([last, timeline.isPast]).toEqual([1400, false]);
  expect(length).toBeLessThanOrEqual(maxKept);
  expect(reader.messages).toHaveLength(length as number);
});

test('keeps what the user reads while many messages come in', () => {
  const { timeline, reader, seqs, hear } = newTimeline();
  timeline.place = 380;
  hear(1000);
  expect(timeline.isPast).toBe(true);
  expect(seqs()).toContain(370);
  expect([seqs().length, reader.messages.length].every((length) => length <= maxKept)).toBe(true);
  expect([reader.cursor, reader.behind, reader.messages.at(-1)?.seq]).toEqual([1400, false, 1400]);
});

test('a long way up and down again passes every message, and never keeps more than its share', async () => {
  const { timeline, reader, seqs } = newTimeline(2000);
  const met = new Set<number>();
  const look = () => {
    for (const seq of seqs()) met.add(seq);
    expect(seqs()).toEqual(range(seqs()[0] ?? 0, seqs().at(-1) ?? 0).map(({ seq }) => seq));
    expect(seqs().length).toBeLessThanOrEqual(maxKept);
    expect(reader.messages.length).toBeLessThanOrEqual(maxKept);
  };
  while (timeline.hasOlder) {
    timeline.place = (seqs()[0] ?? 0) + 5;
    await timeline.loadOlder();
    look();
  }
  expect(met.size).toBe(2000);
  met.clear();
  look();
  while (timeline.isPast) {
    timeline.place = seqs().at(-1);
    await timeline.loadNewer();
    timeline.follow();
    look();
  }
  expect(met.size).toBe(2000);
  expect([seqs().at(-1), reader.behind]).toEqual([2000, false]);
});

test('what is missing above a hole is not forgotten, and is not a part of the history', async () => {
  const { timeline, reader, seqs } = newTimeline();
  for (const one of range(402, 1000)) reader.receive(one);
  timeline.place = 360;
  timeline.follow();
  expect([timeline.isPast, seqs().at(-1)]).toEqual([true, 400]);
  expect([reader.cursor, reader.behind]).toEqual([400, true]);
  reader.receive(message(401));
  expect([reader.cursor, reader.behind]).toEqual([1000, false]);
});
