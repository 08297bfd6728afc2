import { expect, test } from 'vitest';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { listReactions } from '#shared/contract/messages/list-reactions.ts';
import { getMessage } from '#shared/data/chats/messages.ts';
import { call } from '../../support/call.ts';
import { changesOf, react, remove, sent, unreact } from '../../support/changes.ts';
import { connect, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

async function scene() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const chatId = await newDirect(anna, boris);
  return { anna, boris, chatId, message: await sent(anna, chatId) };
}

/** A group of this many people, and a message in it. */
async function crowd(count: number) {
  const owner = await newPerson('Anna');
  const { id: chatId, inviteCode } = await newGroup(owner);
  const others = await Promise.all(Array.from({ length: count - 1 }, (_, n) => newPerson(`Person ${n}`)));
  for (const person of others) await call(joinGroup, person, { body: { inviteCode } });
  return { people: [owner, ...others] as [Person, ...Person[]], chatId, message: await sent(owner, chatId) };
}

test('a reaction is shown with its emoji, and taken back', async () => {
  const { anna, boris, chatId, message } = await scene();
  const live = await connect(anna, chatId, { events: '1' });
  await react(boris, message, '👍');
  await react(anna, message, '❤️');
  const { body } = await react(anna, message, '👍');
  expect(body.message).toMatchObject({
    version: 3,
    reactions: [
      { emoji: '👍', count: 2, userIds: [boris.id, anna.id] },
      { emoji: '❤️', count: 1, userIds: [anna.id] },
    ],
  });
  expect(standIn.received(live)).toHaveLength(3);
  expect(standIn.received(live)[2]).toEqual({ type: 'changed', chatId, rev: 3, message: body.message });
  await unreact(anna, message, '❤️');
  const last = await unreact(boris, message, '👍');
  expect(last.body.message.reactions).toEqual([{ emoji: '👍', count: 1, userIds: [anna.id] }]);
  expect((await unreact(anna, message, '👍')).body.message).toEqual({ ...message, version: 6 });
});

test('a repeated reaction or removal changes nothing', async () => {
  const { anna, chatId, message } = await scene();
  expect((await unreact(anna, message, '👍')).body.message).toEqual(message);
  const { body } = await react(anna, message, '👍');
  expect((await react(anna, message, '👍')).body).toEqual(body);
  expect(await changesOf(chatId)).toHaveLength(1);
});

test('emojis that a path can’t carry as they are, and those without U+FE0F, are the same', async () => {
  const { anna, message } = await scene();
  for (const [written, emoji] of [
    ['#️⃣', '#️⃣'],
    ['#⃣', '#️⃣'],
    ['❤', '❤️'],
    ['*️⃣', '*️⃣'],
  ] as const) {
    const { body } = await react(anna, message, written);
    expect(body.message.reactions.map((reaction: { emoji: string }) => reaction.emoji)).toContain(emoji);
  }
  expect((await unreact(anna, message, '❤')).body.message.reactions).toHaveLength(2);
});

test.each(['', 'a', '1', '👍👍', '👍 ', 'ok👍', '\u{1F3FD}\u{1F3FD}', '🇷', 'x'.repeat(500)])(
  '%j is no emoji',
  async (emoji) => {
    const { anna, message } = await scene();
    expect(await react(anna, message, emoji)).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  },
);

test('a user has at most three reactions on a message', async () => {
  const { anna, message } = await scene();
  for (const emoji of ['👍', '❤️', '🎉']) await react(anna, message, emoji);
  const fourth = await react(anna, message, '🔥');
  expect(fourth).toMatchObject({ status: 409, body: { code: 'too_many_reactions' } });
  await unreact(anna, message, '👍');
  expect((await react(anna, message, '🔥')).status).toBe(200);
});

const twenty = [...'😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓'];

test('a message has at most twenty different emojis, and one that was taken back makes room', async () => {
  const { people, message } = await crowd(9);
  for (const [n, emoji] of twenty.entries()) await react(people[Math.floor(n / 3)] as Person, message, emoji);
  const last = people[8] as Person;
  expect(await react(last, message, '🔥')).toMatchObject({ status: 409, body: { code: 'too_many_reactions' } });
  expect((await react(last, message, '😀')).status).toBe(200);
  await unreact(people[0], message, '😁');
  const { body } = await react(last, message, '🔥');
  expect(body.message.reactions.map(({ emoji }: { emoji: string }) => emoji)).toEqual([
    ...twenty.filter((emoji) => emoji !== '😁'),
    '🔥',
  ]);
  expect(await react(last, message, '🚀')).toMatchObject({ status: 409 });
  const stored = await getMessage(message.chatId, message.seq);
  expect(stored?.emojis?.size).toBe(20);
});

test('of the last two different emojis at once only one has room', async () => {
  const { people, message } = await crowd(9);
  for (const [n, emoji] of twenty.slice(0, 19).entries())
    await react(people[Math.floor(n / 3)] as Person, message, emoji);
  const last = [people[7], people[8]] as [Person, Person];
  const answers = await Promise.all([react(last[0], message, '🔥'), react(last[1], message, '🚀')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('thirty reactions at once are all counted; a message shows the first twenty people', async () => {
  const { people, chatId, message } = await crowd(30);
  const answers = await Promise.all(people.map((person) => react(person, message, '👍')));
  expect(answers.map(({ status }) => status)).toEqual(people.map(() => 200));
  const { body } = await call(listReactions, people[0], { params: { chatId, messageId: message.id } });
  expect(body.reactions).toHaveLength(1);
  expect(new Set(body.reactions[0].userIds)).toEqual(new Set(people.map(({ id }) => id)));
  const again = await react(people[0], message, '👍');
  const [shown] = again.body.message.reactions;
  expect(shown).toEqual({ emoji: '👍', count: 30, userIds: body.reactions[0].userIds.slice(0, 20) });
  expect(again.body.message.version).toBe(30);
});

test('reactions are sent live in chats of up to 50 participants', async () => {
  for (const [count, frames] of [
    [50, 1],
    [51, 0],
  ] as const) {
    const { people, chatId, message } = await crowd(count);
    const live = await connect(people[0], chatId, { events: '1' });
    await react(people[1] as Person, message, '👍');
    expect(standIn.received(live)).toHaveLength(frames);
  }
});

test('nobody reacts to a tombstone', async () => {
  const { anna, boris, message } = await scene();
  await react(boris, message, '👍');
  await remove(anna, message);
  const deleted = { status: 409, body: { code: 'message_deleted' } };
  expect(await react(boris, message, '🎉')).toMatchObject(deleted);
  expect(await unreact(boris, message, '👍')).toMatchObject(deleted);
});

test('one member who toggles a reaction does not make the log long', async () => {
  const { anna, chatId, message } = await scene();
  for (let n = 0; n < 10; n++) await (n % 2 ? unreact : react)(anna, message, '👍');
  const revs = (await changesOf(chatId)).map(({ rev }) => rev);
  expect(revs).toEqual([9, 10]);
});
