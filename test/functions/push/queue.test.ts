import { afterEach, expect, test, vi } from 'vitest';
import { nextNumber } from '#shared/chats/messages/next-number.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { setNotifications } from '#shared/contract/chats/set-notifications.ts';
import { storeMessage } from '#shared/data/chats/messages.ts';
import { getUse } from '#shared/data/limits.ts';
import { call } from '../../support/call.ts';
import { edit, sent } from '../../support/changes.ts';
import { interceptNext } from '../../support/intercept-next.ts';
import { linesOf } from '../../support/log-lines.ts';
import { newGroup, newPerson } from '../../support/people.ts';
import { newDevice, pass, shown, takeQueued, work, workOff } from '../../support/push.ts';
import { aws } from '../../support/stand-ins/aws.ts';
import { fcm, refusal } from '../../support/stand-ins/fcm.ts';
import { stored } from '../../support/stored.ts';

afterEach(() => vi.unstubAllEnvs());

async function annaToBoris() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const [{ id: chatId }, token] = await Promise.all([newGroup(anna, boris), newDevice(boris)]);
  await workOff(chatId);
  shown(token);
  pass(10);
  return { anna, boris, chatId, token };
}

const from = (text: string) => `Weekend: \u2068Anna\u2069: ${text}`;

test('an event that comes twice, or twice at the same time, pushes once', async () => {
  const { anna, chatId, token } = await annaToBoris();
  await sent(anna, chatId, 'hello');
  const [first] = takeQueued(chatId);
  const event = first?.event ?? expect.fail();
  await work(event, event, event);
  pass(60);
  await work(event);
  await workOff(chatId);
  expect(shown(token)).toEqual([from('hello')]);
});

test('events in another order push everything once, the newest last', async () => {
  const { anna, chatId, token } = await annaToBoris();
  await sent(anna, chatId, 'one');
  await sent(anna, chatId, 'two');
  const [one, two] = takeQueued(chatId).map(({ event }) => event);
  pass(9);
  await work(two ?? expect.fail());
  await work(one ?? expect.fail());
  expect(shown(token)).toEqual(['Weekend: 2 new messages']);
  expect(takeQueued(chatId)).toEqual([]);
});

test('within ten seconds of a push, later messages are held and sent as one', async () => {
  const { anna, chatId, token } = await annaToBoris();
  await sent(anna, chatId, 'one');
  await workOff(chatId);
  expect(shown(token)).toEqual([from('one')]);
  pass(4);
  for (const text of ['two', 'three', 'four']) await sent(anna, chatId, text);
  await workOff(chatId);
  expect(shown(token)).toEqual([]);
  const held = takeQueued(chatId);
  expect(held.map(({ delaySeconds }) => delaySeconds)).toEqual([6, 6, 6]);
  pass(8);
  await work(...held.map(({ event }) => event));
  // Two of the three had to wait for the first, and find everything done.
  await workOff(chatId);
  expect(shown(token)).toEqual(['Weekend: 3 new messages']);
});

test('what is too old to be in the queue is not pushed again, whatever the mark says', async () => {
  const { anna, chatId, token } = await annaToBoris();
  // As in a group that had more than 250 people meanwhile: marks of other pages say that these were pushed.
  const createdAt = new Date(Date.now() - 3_601_000).toISOString();
  for (const content of ['one', 'two']) await stored(anna, chatId, { createdAt, content });
  await sent(anna, chatId, 'three');
  await workOff(chatId);
  expect(shown(token)).toEqual([from('three')]);
});

test('a message that may still be read is not pushed with an older one', async () => {
  const { anna, boris, chatId, token } = await annaToBoris();
  await sent(anna, chatId, 'one');
  const first = takeQueued(chatId);
  pass(8);
  const { seq } = await sent(anna, chatId, 'two');
  await work(...first.map(({ event }) => event));
  expect(shown(token)).toEqual([from('one')]);
  await call(markRead, boris, { params: { chatId }, body: { seq } });
  pass(11);
  await workOff(chatId);
  expect(shown(token)).toEqual([]);
});

test('what failed is handed out again, and everything is read anew then', async () => {
  const { anna, chatId, token } = await annaToBoris();
  const other = await annaToBoris();
  const message = await sent(anna, chatId, 'first words');
  await sent(other.anna, other.chatId, 'hello');
  const events = [...takeQueued(chatId), ...takeQueued(other.chatId)].map(({ event }) => event);
  interceptNext('Query', async (input, go) => {
    if (!JSON.stringify(input).includes(`LOG#${chatId}`)) return go();
    throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  });
  const failed = await work(...events.slice(0, 1));
  expect(failed).toEqual(events.slice(0, 1));
  expect(await work(...events.slice(1))).toEqual([]);
  expect(shown(other.token)).toEqual([from('hello')]);
  await edit(anna, message, 'last words');
  await work(...failed);
  expect(shown(token)).toEqual([from('last words')]);
});

test('a message that is stored after one with a higher number is told with it', async () => {
  const { anna, boris, chatId, token } = await annaToBoris();
  await call(setNotifications, boris, { params: { chatId }, body: { level: 'mentions' } });
  const { seq } = await nextNumber(chatId, { userId: anna.id });
  await sent(anna, chatId, 'after it');
  await workOff(chatId);
  expect(shown(token)).toEqual([]);
  const late = { chatId, userId: anna.id, seq, createdAt: new Date().toISOString(), type: 'text' } as const;
  await storeMessage({ ...late, content: 'late', mentions: [boris.id] });
  await work({ chatId, seq, userId: anna.id });
  await work({ chatId, seq, userId: anna.id });
  expect(shown(token)).toEqual([from('late')]);
});

test('an edit of a message that was stored late does not stand in the way of its own push', async () => {
  const { anna, chatId, token } = await annaToBoris();
  const { seq } = await nextNumber(chatId, { userId: anna.id });
  await sent(anna, chatId, 'after it');
  await workOff(chatId);
  expect(shown(token)).toEqual([from('after it')]);
  const message = { chatId, userId: anna.id, seq, createdAt: new Date().toISOString(), type: 'text' } as const;
  await storeMessage({ ...message, content: 'late' });
  pass(20);
  const event = { chatId, seq, userId: anna.id };
  await work({ ...event, edit: { rev: 1, mentions: [anna.id], everyone: false } });
  pass(40);
  await work(event);
  expect(shown(token)).toEqual(['Weekend: 2 new messages']);
});

test('an edit is pushed to those whom it newly mentions, once', async () => {
  const { anna, boris, chatId, token } = await annaToBoris();
  const message = await sent(anna, chatId, 'hello');
  await workOff(chatId);
  expect(shown(token)).toEqual([from('hello')]);
  pass(20);
  await edit(anna, message, 'hello!');
  expect(takeQueued(chatId)).toEqual([]);
  await edit(anna, message, 'hello, Boris', { mentions: [boris.id] });
  const queued = takeQueued(chatId).map(({ event }) => event);
  await work(...queued);
  pass(20);
  await work(...queued);
  expect(shown(token)).toEqual([from('hello, Boris')]);
  await edit(anna, message, 'hello, dear Boris', { mentions: [boris.id] });
  expect(takeQueued(chatId)).toEqual([]);
});

test('of a chat, five edits a minute are pushed', async () => {
  const { anna, boris, chatId } = await annaToBoris();
  const message = await sent(anna, chatId, 'hello');
  takeQueued(chatId);
  pass(20);
  for (let n = 0; n < 7; n++) {
    await edit(anna, message, `hello, Boris ${n}`, { mentions: [boris.id] });
    await edit(anna, message, `hello ${n}`, { mentions: [] });
  }
  expect(takeQueued(chatId)).toHaveLength(5);
});

test('a retry that can’t be enqueued is enqueued when the event comes again, and repeats nothing for the others', async () => {
  const [anna, boris, vera] = await Promise.all([newPerson('Anna'), newPerson('Boris'), newPerson('Vera')]);
  const { id: chatId } = await newGroup(anna, boris, vera);
  await workOff(chatId);
  const [token, veras] = [await newDevice(boris), await newDevice(vera)];
  fcm.tell(token, refusal(503, 'UNAVAILABLE'));
  await sent(anna, chatId, 'hello');
  const [queued] = takeQueued(chatId);
  aws.fail(500);
  const event = queued?.event ?? expect.fail();
  const failed = await work(event);
  aws.fail(undefined);
  expect(failed).toEqual([event]);
  expect([shown(token), shown(veras)]).toEqual([[], [from('hello')]]);
  await work(event);
  const [retry] = takeQueued(chatId);
  expect(retry?.delaySeconds).toBe(10);
  pass(10);
  await work(retry?.event ?? expect.fail());
  expect([shown(token), shown(veras)]).toEqual([[from('hello')], []]);
  // Nothing is left to be done.
  await work(event);
  expect(takeQueued(chatId)).toEqual([]);
});

test('a retry that can’t be enqueued is not forgotten when other events come first', async () => {
  const [anna, boris, vera] = await Promise.all([newPerson('Anna'), newPerson('Boris'), newPerson('Vera')]);
  const { id: chatId } = await newGroup(anna, boris, vera);
  await workOff(chatId);
  const [token, veras] = [await newDevice(boris), await newDevice(vera)];
  fcm.tell(veras, refusal(503, 'UNAVAILABLE'));
  await sent(anna, chatId, 'one');
  await workOff(chatId);
  const verasRetry = takeQueued(chatId).map(({ event }) => event);
  pass(12);
  fcm.tell(token, { ...refusal(503, 'UNAVAILABLE'), headers: { 'retry-after': '60' } });
  await sent(anna, chatId, 'two');
  const second = takeQueued(chatId).map(({ event }) => event);
  aws.fail(500);
  expect(await work(...second)).toEqual(second);
  aws.fail(undefined);
  pass(12);
  await work(...verasRetry);
  await sent(anna, chatId, 'three');
  await workOff(chatId);
  await work(...second);
  const again = takeQueued(chatId);
  expect(again).toHaveLength(1);
  pass(again[0]?.delaySeconds ?? 0);
  await work(...again.map(({ event }) => event));
  expect(shown(token)).toEqual([from('one'), 'Weekend: 2 new messages']);
});

test('a retry after a worker that died never replaces what that worker pushed by something older', async () => {
  const { anna, chatId, token } = await annaToBoris();
  fcm.tell(token, refusal(503, 'UNAVAILABLE'));
  await sent(anna, chatId, 'one');
  await workOff(chatId);
  const retry = takeQueued(chatId).map(({ event }) => event);
  pass(12);
  await sent(anna, chatId, 'two');
  interceptNext('PutItem', () => Promise.reject(new Error('The worker died')));
  await workOff(chatId);
  expect(shown(token)).toEqual(['Weekend: 2 new messages']);
  pass(31);
  await work(...retry);
  expect(shown(token)).toEqual(['Weekend: 2 new messages']);
});

test('an edit within the delay is part of the message’s own push', async () => {
  const { anna, boris, chatId, token } = await annaToBoris();
  const message = await sent(anna, chatId, 'hello');
  await edit(anna, message, 'hello, Boris', { mentions: [boris.id] });
  await workOff(chatId);
  await workOff(chatId);
  expect(shown(token)).toEqual([from('hello, Boris')]);
});

test('an edit before a message is pushed late is not pushed once more', async () => {
  const { anna, boris, chatId, token } = await annaToBoris();
  const message = await sent(anna, chatId, 'hello');
  const first = takeQueued(chatId).map(({ event }) => event);
  pass(20);
  await edit(anna, message, 'hello, Boris', { mentions: [boris.id] });
  await work(...first);
  expect(shown(token)).toEqual([from('hello, Boris')]);
  pass(40);
  await workOff(chatId);
  expect(shown(token)).toEqual([]);
});

test('what is stored late, or mentions somebody now, waits for a device that Firebase cannot serve', async () => {
  const { anna, boris, chatId, token } = await annaToBoris();
  const message = await sent(anna, chatId, 'one');
  await workOff(chatId);
  expect(shown(token)).toEqual([from('one')]);
  pass(20);
  fcm.tell(token, { ...refusal(503, 'UNAVAILABLE'), headers: { 'retry-after': '100' } });
  await sent(anna, chatId, 'two');
  await workOff(chatId);
  const retry = takeQueued(chatId).map(({ event }) => event);
  await edit(anna, message, 'one, Boris', { mentions: [boris.id] });
  pass(40);
  await workOff(chatId);
  expect(shown(token)).toEqual([]);
  pass(100);
  await work(...retry);
  expect(shown(token)).toEqual(['Weekend: 2 new messages']);
});

test('a message that is sent again is enqueued again, and pushed once', async () => {
  const { anna, chatId, token } = await annaToBoris();
  const body = { content: 'hello', clientId: crypto.randomUUID() };
  for (let n = 0; n < 2; n++) await call(sendMessage, anna, { params: { chatId }, body });
  const queued = takeQueued(chatId).map(({ event }) => event);
  expect(queued).toHaveLength(2);
  await work(...queued);
  await workOff(chatId);
  expect(shown(token)).toEqual([from('hello')]);
});

test('each push that Firebase accepts counts as a delivery of the author', async () => {
  const { anna, chatId, token } = await annaToBoris();
  await sent(anna, chatId, 'hello');
  const used = async () => (await getUse('deliveries', anna.id)).used;
  const before = await used();
  await workOff(chatId);
  expect(shown(token)).toHaveLength(1);
  expect((await used()) - before).toBe(1);
});

test('if the queue can’t be reached, the message is sent all the same, and the lost push is counted', async () => {
  const { anna, chatId } = await annaToBoris();
  aws.fail(500);
  const lines = await linesOf(() => sent(anna, chatId, 'hello'));
  aws.fail(undefined);
  expect(lines).toContainEqual(expect.objectContaining({ level: 'error', message: 'push not enqueued', chatId }));
  expect(lines).toContainEqual(expect.objectContaining({ message: 'request', status: 200, PushesLost: 1 }));
  expect(takeQueued(chatId)).toEqual([]);
});

test('in a stage without push notifications nothing is enqueued, and the log says so once', async () => {
  const { anna, chatId } = await annaToBoris();
  vi.stubEnv('PUSH_QUEUE', undefined);
  const lines = await linesOf(async () => {
    await sent(anna, chatId, 'one');
    await sent(anna, chatId, 'two');
  });
  expect(takeQueued(chatId)).toEqual([]);
  expect(lines.filter(({ message }) => /no push notifications/.test(message))).toHaveLength(1);
});
