import { expect, test } from 'vitest';
import type { Message } from '#shared/contract/chats/message.ts';
import type { Api } from '../../../../../infra/local/playground/client/rest/api.ts';
import { Pins } from '../../../../../infra/local/playground/state/pins.ts';
import { countKept } from './collected.ts';

const message = (id: string, version: number, pinned: boolean): Message => ({
  id,
  chatId: 'lake',
  userId: 'anna',
  userName: 'Anna',
  content: `${id} ${version}`,
  type: 'text',
  createdAt: '2026-01-01T00:00:00.000Z',
  seq: 1,
  version,
  ...(pinned && { pinned }),
});

/** The pins of a chat whose server lists these messages, the one pinned last first. */
function newPins(...listed: Message[]) {
  const held = { answer: Promise.resolve() };
  const listPins = async () => {
    const messages = [...listed];
    await held.answer;
    return { messages };
  };
  const pins = new Pins({ messages: { listPins } } as unknown as Api, 'lake', () => {});
  return { pins, held, shown: () => pins.messages.map(({ content }) => content) };
}

test('the message pinned last comes first, also when it is pinned live', async () => {
  const { pins, shown } = newPins(message('b', 1, true), message('a', 1, true));
  await pins.load();
  expect(shown()).toEqual(['b 1', 'a 1']);
  pins.take(message('c', 1, true));
  expect(shown()).toEqual(['c 1', 'b 1', 'a 1']);
});

test('a pinned message that changes keeps its place, and one that is unpinned or deleted leaves', async () => {
  const { pins, shown } = newPins(message('b', 1, true), message('a', 1, true));
  await pins.load();
  pins.take(message('a', 2, true));
  expect(shown()).toEqual(['b 1', 'a 2']);
  pins.take(message('b', 2, false));
  expect(shown()).toEqual(['a 2']);
});

test('an older state that arrives late changes nothing', async () => {
  const { pins, shown } = newPins();
  pins.take(message('a', 2, false));
  pins.take(message('a', 1, true));
  expect(shown()).toEqual([]);
});

test('what changes while the list is on its way counts', async () => {
  const { pins, held, shown } = newPins(message('b', 1, true), message('a', 1, true));
  const answer = Promise.withResolvers<void>();
  held.answer = answer.promise;
  const loaded = pins.load();
  pins.take(message('c', 1, true));
  pins.take(message('a', 2, false));
  answer.resolve();
  await loaded;
  expect(shown()).toEqual(['c 1', 'b 1']);
});

test('what was unpinned during a lost connection is gone after the next', async () => {
  const { pins, shown } = newPins(message('a', 1, true));
  pins.take(message('z', 1, true));
  await pins.load();
  expect(shown()).toEqual(['a 1']);
});

test('of very many messages that change, the oldest are not kept', async () => {
  const { pins, shown } = newPins();
  pins.take(message('a', 1, true));
  const changed = () => Array.from({ length: 600 }, (_, n) => message(`${n}`, 2, false));
  const kept = await countKept(() => {
    const messages = changed();
    for (const one of messages) pins.take(one);
    return messages;
  });
  expect(kept).toBeLessThanOrEqual(500);
  expect(shown()).toEqual(['a 1']);
  // States that are on their way arrive soon.
  pins.take(message('599', 1, true));
  expect(shown()).toEqual(['a 1']);
});
