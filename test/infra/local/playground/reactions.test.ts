import { expect, test } from 'vitest';
import { Reactions } from '../../../../infra/local/playground/state/changes/reactions.ts';
import type { Message, Reaction } from '../../../../shared/contract/chats/message.ts';
import { countKept } from './state/collected.ts';

const messageWith = (reactions: Reaction[]): Message => ({
  id: 'message',
  chatId: 'chat',
  userId: 'boris',
  userName: 'Boris',
  content: 'Hello',
  type: 'text',
  createdAt: '2026-03-05T09:00:00.000Z',
  seq: 2,
  reactions,
});

/** Anna's reactions, with a server that answers when told to. */
function newReactions(list: Reaction[] = []) {
  const sent: { what: string; answer: PromiseWithResolvers<void> }[] = [];
  const reactions = new Reactions('anna', {
    send: (_id, emoji, mine) => {
      const answer = Promise.withResolvers<void>();
      sent.push({ what: `${mine ? '+' : '-'}${emoji}`, answer });
      return answer.promise;
    },
    list: async () => list,
    onChange: () => {},
  });
  const shown = (message: Message) =>
    reactions.of(message).map(({ emoji, count, mine }) => `${emoji} ${count} ${mine}`);
  return { reactions, sent, shown };
}

test('shows a reaction at once, and takes it back if the server refuses', async () => {
  const { reactions, sent, shown } = newReactions();
  const message = messageWith([]);
  const toggled = reactions.toggle(message, '👍');
  expect(shown(message)).toEqual(['👍 1 true']);
  sent[0]?.answer.reject(new Error('refused'));
  await expect(toggled).rejects.toThrow('refused');
  expect(shown(message)).toEqual([]);
});

test('the server’s state counts as soon as it has the reaction', async () => {
  const { reactions, sent, shown } = newReactions();
  const toggled = reactions.toggle(messageWith([]), '👍');
  sent[0]?.answer.resolve();
  await toggled;
  expect(shown(messageWith([{ emoji: '👍', count: 2, userIds: ['boris', 'anna'] }]))).toEqual(['👍 2 true']);
  expect(shown(messageWith([]))).toEqual([]);
});

test('sends one request at a time, and at last what the user chose last', async () => {
  const { reactions, sent, shown } = newReactions();
  const message = messageWith([]);
  const first = reactions.toggle(message, '👍');
  for (let n = 0; n < 3; n++) await reactions.toggle(message, '👍');
  expect(shown(message)).toEqual([]);
  expect(sent.map(({ what }) => what)).toEqual(['+👍']);
  sent[0]?.answer.resolve();
  await expect.poll(() => sent.map(({ what }) => what)).toEqual(['+👍', '-👍']);
  sent[1]?.answer.resolve();
  await first;
  expect(sent).toHaveLength(2);
});

test('a second emoji waits for the first, so that the message has them in the order of the choices', async () => {
  const { reactions, sent, shown } = newReactions();
  const message = messageWith([]);
  const first = reactions.toggle(message, '👍');
  const second = reactions.toggle(message, '😂');
  expect(shown(message)).toEqual(['👍 1 true', '😂 1 true']);
  expect(sent.map(({ what }) => what)).toEqual(['+👍']);
  sent[0]?.answer.reject(new Error('refused'));
  await expect(first).rejects.toThrow('refused');
  await expect.poll(() => sent.map(({ what }) => what)).toEqual(['+👍', '+😂']);
  sent[1]?.answer.resolve();
  await second;
});

test('does not repeat a choice that the user has made again', async () => {
  const { reactions, sent } = newReactions();
  const message = messageWith([]);
  const first = reactions.toggle(message, '👍');
  for (let n = 0; n < 2; n++) await reactions.toggle(message, '👍');
  sent[0]?.answer.resolve();
  await first;
  expect(sent.map(({ what }) => what)).toEqual(['+👍']);
});

test('asks who reacted before it changes one of many people’s', async () => {
  const { reactions, sent, shown } = newReactions([{ emoji: '👍', count: 30, userIds: ['boris', 'anna'] }]);
  const message = messageWith([{ emoji: '👍', count: 30, userIds: ['boris'] }]);
  const toggled = reactions.toggle(message, '👍');
  await expect.poll(() => sent.map(({ what }) => what)).toEqual(['-👍']);
  expect(shown(message)).toEqual(['👍 29 false']);
  sent[0]?.answer.resolve();
  await toggled;
});

test('remembers what the server has stored, also when the message does not name the user', async () => {
  const { reactions, sent, shown } = newReactions([{ emoji: '👍', count: 30, userIds: ['boris'] }]);
  const many = (count: number) => messageWith([{ emoji: '👍', count, userIds: ['boris'] }]);
  const toggled = reactions.toggle(many(30), '👍');
  await expect.poll(() => sent.length).toBe(1);
  sent[0]?.answer.resolve();
  await toggled;
  expect(shown(many(31))).toEqual(['👍 31 true']);
});

test('is the same array until something changes', async () => {
  const { reactions, sent } = newReactions();
  const message = messageWith([{ emoji: '👍', count: 1, userIds: ['boris'] }]);
  const before = reactions.of(message);
  expect(reactions.of(message)).toBe(before);
  const toggled = reactions.toggle(message, '👍');
  expect(reactions.of(message)).not.toBe(before);
  sent[0]?.answer.resolve();
  await toggled;
});

test('messages that have left the list are not kept', async () => {
  const { reactions } = newReactions();
  const show = (id: string) => {
    const message = { ...messageWith([]), id };
    reactions.of(message);
    return message;
  };
  expect(await countKept(() => [show('a'), show('b')])).toBe(0);
  expect(reactions.of(messageWith([]))).toEqual([]);
});
