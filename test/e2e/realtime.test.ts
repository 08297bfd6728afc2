import { EventEmitter, once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';
import { Api, ApiProblem } from '../../infra/local/playground/api.ts';
import { Outbox } from '../../infra/local/playground/outbox.ts';
import { ChatRealtime, type State } from '../../infra/local/playground/realtime.ts';
import { Session, type Tokens } from '../../infra/local/playground/session.ts';
import { times } from '../../infra/local/playground/times.ts';
import { type Local, startLocal } from '../../infra/local/start.ts';
import type { Message } from '../../shared/contract/messages.ts';
import { syncing } from '../../shared/contract/websocket.ts';
import { keys } from '../../shared/data/keys.ts';
import { storeMessage, takeNumber } from '../../shared/data/messages.ts';
import { db } from '../../shared/data/table.ts';
import { request } from '../support/api-client.ts';
import { aws } from '../support/aws-stand-in.ts';
import { type Network, startNetwork } from '../support/network.ts';
import { newDirect, newGroup, newPerson, type Person } from '../support/people.ts';

/** The playground's client without its page, over a network that breaks. People are made beside the runner. */

Object.assign(times.backOff, { first: 50, most: 200 });
Object.assign(times.askAgain, { first: 50 });
Object.assign(times, { answer: 1000, sync: 3000 });

let local: Local;
let network: Network;
beforeAll(async () => {
  local = await startLocal({ port: 0, dynamodb: inject('dynamodb'), secrets: aws.secrets, log: () => {} });
});
afterAll(() => local.close());

const running: ChatRealtime[] = [];
beforeEach(async () => {
  network = await startNetwork(local.url);
});
afterEach(() => {
  for (const realtime of running.splice(0)) realtime.stop();
  network.close();
});

function signIn({ id, token, refreshToken }: Person) {
  let kept: Tokens | undefined = { user: { id, name: 'Anna' }, accessToken: token, refreshToken };
  const saved: (Tokens | undefined)[] = [];
  const session = new Session({
    load: () => kept,
    save: (tokens) => {
      kept = tokens;
      saved.push(tokens);
    },
  });
  return { api: new Api(network.url, session), session, saved };
}

/** A chat that is open on somebody's screen, behind the network. */
function openChat(person: Person, chatId: string, outbox = new Outbox()) {
  const changes = new EventEmitter();
  const changed = () => void changes.emit('change');
  const { api, session } = signIn(person);
  const drafts: string[] = [];
  const onDrafts = () => {
    drafts.push(...realtime.drafts.texts.values());
    changed();
  };
  const whose = { chatId, userId: person.id, outbox };
  const realtime = new ChatRealtime(api, whose, { onMessages: changed, onState: changed, onDrafts });
  running.push(realtime);
  const until = async (holds: () => boolean) => {
    while (!holds()) await once(changes, 'change');
  };
  const untilIn = (name: State['name']) => until(() => realtime.state.name === name);
  realtime.start();
  return { api, realtime, session, until, untilIn, drafts };
}

const historyOf = async (chatId: string, { token }: Person): Promise<Message[]> =>
  (await request(local.url, 'GET', `/chats/${chatId}/messages`, { token })).body.messages;

async function say(chatId: string, { token }: Person, content: string): Promise<void> {
  const { status } = await request(local.url, 'POST', `/chats/${chatId}/messages`, { token, body: { content } });
  expect(status).toBe(200);
}

async function chatOfTwo() {
  const [anna, boris] = [await newPerson('Anna'), await newPerson('Boris')];
  const { id: chatId } = await newGroup(anna, boris);
  return { anna, boris, chatId };
}

test('over a network that breaks again and again both have all messages, in order, none twice', async () => {
  const [anna, boris, carol, dora] = await Promise.all([newPerson(), newPerson(), newPerson(), newPerson()]);
  const { id: chatId } = await newGroup(anna, boris, carol, dora);
  const chats = [openChat(anna, chatId), openChat(boris, chatId)];
  for (const chat of chats) await chat.untilIn('live');
  for (let round = 0; round < 5; round++) {
    for (const [n, { realtime }] of chats.entries()) realtime.send(`${n}: ${round}`);
    if (round % 2) network.loseAnswers();
    await say(chatId, carol, `missed in round ${round}`);
    network.cut();
    for (const chat of chats) await chat.untilIn('waiting');
    await say(chatId, dora, `missed after round ${round}`);
    network.mend();
    for (const chat of chats) await chat.untilIn('live');
  }
  // Not by the cursor: two tries of one message at the same time use up two numbers, and an empty one holds it for a minute.
  for (const { realtime, until } of chats)
    await until(() => realtime.outbox.all.length === 0 && realtime.reader.messages.length >= 21);
  const history = await historyOf(chatId, anna);
  expect(new Set(history.map(({ content }) => content)).size).toBe(21);
  expect(history).toHaveLength(21);
  for (const { realtime } of chats) expect(realtime.reader.messages).toEqual(history);
  for (const name of ['0', '1'])
    expect(history.map(({ content }) => content).filter((content) => content.startsWith(`${name}: `))).toEqual(
      [0, 1, 2, 3, 4].map((round) => `${name}: ${round}`),
    );
});

test('a message whose answer was lost is sent again, and stored once', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, until, untilIn } = openChat(anna, chatId);
  await untilIn('live');
  const ears = openChat(boris, chatId);
  await ears.untilIn('live');
  network.loseAnswers();
  realtime.send('Once');
  while ((await historyOf(chatId, boris)).length < 2);
  expect(realtime.outbox.all).toMatchObject([{ content: 'Once', state: 'sending' }]);
  network.cut();
  await untilIn('waiting');
  network.mend();
  await until(() => realtime.outbox.all.length === 0);
  expect((await historyOf(chatId, boris)).map(({ content }) => content).slice(1)).toEqual(['Once']);
});

test('what cannot be sent fails in the end, and another try sends it', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { realtime, until, untilIn } = openChat(anna, chatId);
  await untilIn('live');
  network.cut();
  times.patience = 500;
  realtime.send('Later');
  await until(() => realtime.outbox.all[0]?.state === 'failed');
  times.patience = 30_000;
  network.mend();
  await untilIn('live');
  const [failed] = realtime.outbox.all;
  realtime.retry(failed?.clientId ?? '');
  await until(() => realtime.outbox.all.length === 0);
  expect(realtime.reader.messages.at(-1)).toMatchObject({ content: 'Later', clientId: failed?.clientId });
});

test('a connection that died without a word is found out by a ping', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { realtime, untilIn } = openChat(anna, chatId);
  await untilIn('live');
  network.loseAnswers();
  realtime.wake();
  await untilIn('waiting');
  network.mend();
  await untilIn('live');
});

test('a question for what was missed that stays unanswered is asked anew, however much else is said', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { untilIn } = openChat(anna, chatId);
  await untilIn('catching up');
  network.loseAnswers();
  const chatter = setInterval(() => network.say('{"type":"pong"}'), times.answer / 10);
  await untilIn('waiting');
  clearInterval(chatter);
  network.mend();
  await untilIn('live');
});

test('a long history is read backwards, page by page', async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => newPerson()));
  const [anna] = people as [Person];
  const { id: chatId } = await newGroup(anna, ...people.slice(1));
  await Promise.all(people.flatMap((person) => Array.from({ length: 10 }, () => say(chatId, person, 'Hello'))));
  const { realtime, untilIn } = openChat(anna, chatId);
  await untilIn('live');
  expect(realtime.reader.messages).toHaveLength(50);
  while (await realtime.loadOlder());
  expect(realtime.reader.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 121 }, (_, n) => n + 1));
});

test('an expired token is refreshed once for all who wait, and the requests are repeated', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 2 * 60 * 60 * 1000 });
  const anna = await newPerson();
  vi.useRealTimers();
  const { api, saved } = signIn(anna);
  const answers = await Promise.all([api.listChats(), api.createGroup('New'), api.listChats()]);
  expect(answers[1].group.name).toBe('New');
  expect(saved).toHaveLength(1);
  expect(saved[0]?.refreshToken).not.toBe(anna.refreshToken);
});

test('no network while refreshing signs nobody out, an ended session does', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 2 * 60 * 60 * 1000 });
  const anna = await newPerson();
  vi.useRealTimers();
  const { api, session } = signIn(anna);
  network.cut();
  await expect(api.listChats()).rejects.not.toBeInstanceOf(ApiProblem);
  expect(session.user).toBeDefined();
  network.mend();
  const other = signIn(anna);
  await other.api.logout();
  await expect(api.listChats()).rejects.toMatchObject({ status: 401 });
  expect(session.user).toBeUndefined();
});

test('who is removed from the group is told so, and does not connect again', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, untilIn } = openChat(boris, chatId);
  await untilIn('live');
  await request(local.url, 'DELETE', `/groups/${chatId}/members/${boris.id}`, { token: anna.token });
  await untilIn('ended');
  expect(realtime.state).toEqual({ name: 'ended', code: 'not_a_participant' });
});

const lastOf = ({ reader }: ChatRealtime) => reader.messages.at(-1);

test('what it does not know it ignores: API Gateway’s own frames, and those of another version', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, until, untilIn } = openChat(anna, chatId);
  await untilIn('live');
  const frames = [
    { message: 'Internal server error', connectionId: 'aBcDeF=', requestId: 'gHiJkL=' },
    { type: 'typing', userId: boris.id },
    { type: 'text', seq: '2', content: 'no number' },
    { type: 'text', seq: 2, content: ['no text'] },
    { type: 'synced', seq: 'far' },
    null,
    [1],
  ];
  for (const frame of frames) network.say(JSON.stringify(frame));
  network.say('no JSON');
  await say(chatId, boris, 'Hello');
  await until(() => lastOf(realtime)?.content === 'Hello');
  expect(realtime.reader.messages).toEqual(await historyOf(chatId, anna));
  expect(realtime.reader.cursor).toBe(2);
  expect(realtime.state).toEqual({ name: 'live' });
});

test('a hole is asked for until it is filled, though the first question was refused', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, until, untilIn } = openChat(anna, chatId);
  await untilIn('live');
  // As if she had asked as often as anybody may; it is over in three seconds.
  const spent = { used: syncing.allow, windowEnd: Date.now() + 3000 };
  const limit = { ...keys.limit('websocket/sync', anna.id), ...spent };
  await db.send(new PutCommand({ TableName: inject('chatTable'), Item: limit }));
  const seq = await takeNumber(chatId);
  await say(chatId, boris, 'After the hole');
  await until(() => lastOf(realtime)?.content === 'After the hole');
  const createdAt = new Date().toISOString();
  await storeMessage({ chatId, seq, userId: boris.id, createdAt, type: 'text', content: 'In the hole' });
  await until(() => !realtime.reader.behind);
  expect(realtime.reader.messages.map(({ content }) => content).slice(1)).toEqual(['In the hole', 'After the hole']);
});

test('who is blocked is told so, and does not connect again', async () => {
  const [anna, boris] = [await newPerson('Anna'), await newPerson('Boris')];
  const chatId = await newDirect(anna, boris);
  const { realtime, untilIn } = openChat(boris, chatId);
  await untilIn('live');
  await request(local.url, 'PUT', `/users/${boris.id}/block`, { token: anna.token });
  await untilIn('ended');
  expect(realtime.state).toEqual({ name: 'ended', code: 'blocked' });
});

test('what was not sent when a chat was closed is sent when it is opened again', async () => {
  const { anna, chatId } = await chatOfTwo();
  const closed = openChat(anna, chatId);
  await closed.untilIn('live');
  network.cut();
  closed.realtime.send('Later');
  closed.realtime.stop();
  times.patience = 500;
  const { realtime, until } = openChat(anna, chatId, closed.realtime.outbox);
  await until(() => realtime.outbox.all[0]?.state === 'failed');
  times.patience = 30_000;
  const [failed] = realtime.outbox.all;
  realtime.retry(failed?.clientId ?? '');
  realtime.stop();
  network.mend();
  const again = openChat(anna, chatId, realtime.outbox);
  await again.until(() => again.realtime.outbox.all.length === 0);
  expect(lastOf(again.realtime)).toMatchObject({ content: 'Later', clientId: failed?.clientId });
});

test('who has closed a chat takes no ticket for it any more', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { api, realtime, untilIn } = openChat(anna, chatId);
  await untilIn('live');
  network.cut();
  await untilIn('waiting');
  network.mend();
  const [pages, tickets] = [vi.spyOn(api, 'listMessages'), vi.spyOn(api, 'createTicket')];
  realtime.wake();
  realtime.stop();
  await pages.mock.results[0]?.value;
  await setImmediate();
  expect(tickets).not.toHaveBeenCalled();
});

test('in a chat that has ended nothing is sent: it fails at once, and says why', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, untilIn } = openChat(boris, chatId);
  await untilIn('live');
  network.loseAnswers();
  realtime.send('On its way');
  network.cut();
  await request(local.url, 'DELETE', `/groups/${chatId}/members/${boris.id}`, { token: anna.token });
  network.mend();
  await untilIn('ended');
  realtime.send('Too late');
  realtime.retry(realtime.outbox.all[0]?.clientId ?? '');
  const code = 'not_a_participant';
  expect(realtime.outbox.all).toMatchObject([
    { content: 'On its way', state: 'failed', code },
    { content: 'Too late', state: 'failed', code },
  ]);
});

test('a refusal of a firewall is no end: it waits, and comes back', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { realtime, untilIn } = openChat(anna, chatId);
  await untilIn('live');
  network.refuse(403, '<html><body>403 Forbidden</body></html>');
  for (let round = 0; round < 2; round++) {
    await untilIn('connecting');
    await untilIn('waiting');
  }
  network.mend();
  await untilIn('live');
  expect(realtime.reader.messages).toEqual(await historyOf(chatId, anna));
});

test('everybody watches the assistant write, and then has its message', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, until, untilIn, drafts } = openChat(boris, chatId);
  await untilIn('live');
  await request(local.url, 'POST', '/ai/ask', { token: anna.token, body: { chatId, question: 'Hills or lake?' } });
  await until(() => lastOf(realtime)?.type === 'ai');
  expect(drafts.length).toBeGreaterThan(1);
  const [answer] = realtime.reader.messages.slice(-1);
  for (const draft of drafts) expect(answer?.content.startsWith(draft)).toBe(true);
  // What comes of it late makes no draft again.
  network.say(JSON.stringify({ type: 'ai.delta', chatId, messageId: answer?.id, delta: 'late' }));
  await say(chatId, boris, 'Thank you');
  await until(() => lastOf(realtime)?.content === 'Thank you');
  expect(realtime.drafts.texts.size).toBe(0);
});
