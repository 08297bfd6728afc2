import { expect, test, vi } from 'vitest';
import { maxInboxes } from '#shared/contract/websocket/connect.ts';
import { Pages } from '../../infra/local/playground/client/realtime/pages.ts';
import { times } from '../../infra/local/playground/client/realtime/times.ts';
import { ApiProblem } from '../../infra/local/playground/client/rest/api-problem.ts';
import { chatOfTwo, lastOf, useChats } from '../support/chats.ts';
import { newGroup, newPerson, type Person } from '../support/people.ts';

/** The playground's client over a network that breaks. People are made beside the runner. */

const chats = useChats();

test('both clients get all messages in order and once over a network that keeps breaking', async () => {
  const [anna, boris, carol, dora] = await Promise.all([newPerson(), newPerson(), newPerson(), newPerson()]);
  const { id: chatId } = await newGroup(anna, boris, carol, dora);
  const opened = [chats.open(anna, chatId), chats.open(boris, chatId)];
  for (const chat of opened) await chat.untilIn('live');
  for (let round = 0; round < 5; round++) {
    for (const [n, { realtime }] of opened.entries()) realtime.send(`${n}: ${round}`);
    if (round % 2) chats.network.loseAnswers();
    await chats.say(chatId, carol, `missed in round ${round}`);
    chats.network.cut();
    for (const chat of opened) await chat.untilIn('waiting');
    await chats.say(chatId, dora, `missed after round ${round}`);
    chats.network.restore();
    for (const chat of opened) await chat.untilIn('live');
  }
  // Not by the cursor: two tries of one message at the same time use up two numbers, and an empty one holds it for a minute.
  for (const { realtime, until } of opened)
    await until(() => realtime.outbox.all.length === 0 && realtime.reader.messages.length >= 21);
  const history = await chats.historyOf(chatId, anna);
  expect(new Set(history.map(({ content }) => content)).size).toBe(21);
  expect(history).toHaveLength(21);
  for (const { realtime } of opened) expect(realtime.reader.messages).toEqual(history);
  for (const name of ['0', '1'])
    expect(history.map(({ content }) => content).filter((content) => content.startsWith(`${name}: `))).toEqual(
      [0, 1, 2, 3, 4].map((round) => `${name}: ${round}`),
    );
});

test('resends a message whose answer was lost; it is stored once', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, until, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  const ears = chats.open(boris, chatId);
  await ears.untilIn('live');
  chats.network.loseAnswers();
  realtime.send('Once');
  while ((await chats.historyOf(chatId, boris)).length < 2);
  expect(realtime.outbox.all).toMatchObject([{ content: 'Once', state: 'sending' }]);
  chats.network.cut();
  await untilIn('waiting');
  chats.network.restore();
  await until(() => realtime.outbox.all.length === 0);
  expect((await chats.historyOf(chatId, boris)).map(({ content }) => content).slice(1)).toEqual(['Once']);
});

test('sends messages in a row once each, one after the other', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, until, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  for (let n = 1; n <= 5; n++) realtime.send(`${n}`);
  await until(() => realtime.outbox.all.length === 0);
  const sent = (await chats.historyOf(chatId, boris)).slice(1);
  // A message that went out twice would have used up a number more.
  expect(sent.map(({ seq, content }) => [seq, content])).toEqual([1, 2, 3, 4, 5].map((n) => [n + 1, `${n}`]));
});

test('detects a silently dead connection by an unanswered message', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, until, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  chats.network.loseAnswers();
  realtime.send('Are you there?');
  await untilIn('waiting');
  chats.network.restore();
  await until(() => realtime.outbox.all.length === 0);
  expect((await chats.historyOf(chatId, boris)).at(-1)?.content).toBe('Are you there?');
});

test('messages that were sent while the network was away arrive in order', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, until, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  chats.network.cut();
  await untilIn('waiting');
  for (let n = 1; n <= 8; n++) realtime.send(`${n}`);
  expect(realtime.outbox.all.map(({ state }) => state)).toEqual(Array(8).fill('waiting'));
  chats.network.restore();
  await until(() => realtime.outbox.all.length === 0);
  const sent = (await chats.historyOf(chatId, boris)).slice(1);
  expect(sent.map(({ content }) => content).join('')).toBe('12345678');
});

test('sends what waits as soon as there is a connection', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { realtime, until, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  chats.network.cut();
  await untilIn('waiting');
  const { answer } = times;
  times.answer = 60_000;
  realtime.send('Later');
  expect(realtime.outbox.all).toMatchObject([{ content: 'Later', state: 'waiting' }]);
  times.answer = answer;
  chats.network.restore();
  await until(() => realtime.outbox.all.length === 0);
  expect(lastOf(realtime)?.content).toBe('Later');
});

test('detects a silently dead connection by a ping', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { inbox, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  chats.network.loseAnswers();
  inbox.wake();
  await untilIn('waiting');
  chats.network.restore();
  await untilIn('live');
});

test('repeats an unanswered sync even while other frames arrive', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { untilIn } = chats.open(anna, chatId);
  await untilIn('catching up');
  chats.network.loseAnswers();
  const chatter = setInterval(() => chats.network.say('{"type":"pong"}'), times.answer / 10);
  await untilIn('waiting');
  clearInterval(chatter);
  chats.network.restore();
  await untilIn('live');
});

test('coming back asks for the numbers of all chats once, and syncs only if those of the chat differ', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { api, inbox, realtime, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  const [numbers, pages, frames] = [
    vi.spyOn(api.chats, 'listUnread'),
    vi.spyOn(api, 'listMessages'),
    vi.spyOn(inbox, 'ask'),
  ];
  const comeBack = async () => {
    for (const spy of [numbers, pages, frames]) spy.mockClear();
    chats.network.restore();
    await untilIn('live');
    expect(pages).not.toHaveBeenCalled();
    expect(numbers).toHaveBeenCalledTimes(1);
    return frames.mock.calls.map(([frame]) => frame);
  };
  chats.network.cut();
  await untilIn('waiting');
  expect(await comeBack()).toEqual([]);
  chats.network.cut();
  await untilIn('waiting');
  await chats.say(chatId, boris, 'Missed');
  expect(await comeBack()).toMatchObject([{ type: 'sync', chatId, after: 1 }]);
  expect(lastOf(realtime)?.content).toBe('Missed');
});

test('keeps its socket while the numbers of the chats are refused, and asks again', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { api, inbox, untilIn } = chats.open(anna, chatId);
  const [tickets, numbers] = [vi.spyOn(api, 'createTicket'), vi.spyOn(api.chats, 'listUnread')];
  for (let n = 0; n < 2; n++) numbers.mockRejectedValueOnce(new ApiProblem(429, { code: 'too_many_requests' }));
  await untilIn('waiting');
  inbox.wake();
  await untilIn('live');
  expect(numbers).toHaveBeenCalledTimes(3);
  expect(tickets).not.toHaveBeenCalled();
});

test('an inbox that made room for newer ones waits before it returns, or they would close each other in turn', async () => {
  const { eviction } = times;
  times.eviction = { ...eviction, within: 60_000, wait: 60_000 };
  const { anna, chatId } = await chatOfTwo();
  const { inbox, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  for (let n = 0; n < maxInboxes; n++) await chats.open(anna, chatId).untilIn('live');
  await untilIn('waiting');
  times.eviction = eviction;
  const { state } = inbox;
  expect(state.name === 'waiting' && state.until - Date.now()).toBeGreaterThan(50_000);
});

test('an inbox whose session ends just after the server has closed it finds that out soon', async () => {
  const { eviction } = times;
  times.eviction = { within: 60_000, wait: 60_000, check: 100 };
  const { anna, chatId } = await chatOfTwo();
  const { api, inbox, until, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  vi.spyOn(api, 'createTicket').mockResolvedValueOnce({ ticket: 'of before', expiresIn: 60 });
  await chats.ask(anna, 'POST', '/auth/logout', {});
  await until(() => inbox.state.name === 'ended');
  times.eviction = eviction;
  expect(inbox.state).toEqual({ name: 'ended', code: 'session_ended' });
});

test('a refused sync is repeated when the server says so, on the same connection', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { api, inbox, realtime, until, untilIn } = chats.open(anna, chatId);
  const syncs = vi.spyOn(inbox, 'ask').mockReturnValue(true);
  await until(() => syncs.mock.calls.length === 1);
  const tickets = vi.spyOn(api, 'createTicket');
  const refuse = (retryAfter: number) =>
    chats.network.say(JSON.stringify({ type: 'error', code: 'too_many_requests', message: '', chatId, retryAfter }));
  for (let n = 2; n <= 3; n++) {
    refuse(1);
    await untilIn('waiting');
    await until(() => syncs.mock.calls.length === n);
  }
  refuse(60);
  await untilIn('waiting');
  expect(realtime.state.name === 'waiting' && realtime.state.until - Date.now()).toBeGreaterThan(50_000);
  expect(tickets).not.toHaveBeenCalled();
});

test('a message that comes before the newest page waits for it, or it would be above a hole', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { newest } = Pages.prototype;
  const load = vi.spyOn(Pages.prototype, 'newest').mockImplementationOnce(async function (this: Pages) {
    await Promise.resolve();
    const [live, arrived] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    inbox.listen({
      onFrame: ({ type }) => type === 'message' && arrived.resolve(),
      onState: () => inbox.isLive && live.resolve(),
    });
    await live.promise;
    await chats.say(chatId, boris, 'Early');
    await arrived.promise;
    expect(realtime.reader.messages).toEqual([]);
    return newest.call(this);
  });
  const { inbox, realtime, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  expect(load).toHaveBeenCalledTimes(1);
  load.mockRestore();
  expect(lastOf(realtime)?.content).toBe('Early');
});

test('connects anew when a second sync has failed', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { sync } = times;
  times.sync = 100;
  const { api, inbox, until, untilIn } = chats.open(anna, chatId);
  const tickets = vi.spyOn(api, 'createTicket');
  const syncs = vi.spyOn(inbox, 'ask').mockReturnValue(true);
  await until(() => tickets.mock.calls.length === 1);
  expect(syncs).toHaveBeenCalledTimes(2);
  syncs.mockRestore();
  times.sync = sync;
  await untilIn('live');
});

test('reads a long history backwards, page by page', async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => newPerson()));
  const [anna] = people as [Person];
  const { id: chatId } = await newGroup(anna, ...people.slice(1));
  await Promise.all(people.flatMap((person) => Array.from({ length: 10 }, () => chats.say(chatId, person, 'Hello'))));
  const { realtime, until, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  expect(realtime.reader.messages).toHaveLength(25);
  // A late answer to a `sync` of before.
  const { messages } = await chats.ask(anna, 'GET', `/chats/${chatId}/messages?around=3&limit=1`);
  chats.network.say(JSON.stringify(messages[0]));
  await chats.say(chatId, anna, 'The newest one');
  await until(() => lastOf(realtime)?.content === 'The newest one');
  expect(realtime.reader.messages).toHaveLength(26);
  while (await realtime.loadOlder());
  expect(realtime.reader.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 122 }, (_, n) => n + 1));
});

test('sends messages that were pending when the chat was closed after it is opened again', async () => {
  const { anna, chatId } = await chatOfTwo();
  const closed = chats.open(anna, chatId);
  await closed.untilIn('live');
  chats.network.cut();
  closed.realtime.send('Later');
  await closed.close();
  const [{ clientId } = {}] = closed.realtime.outbox.all;
  chats.network.restore();
  const { realtime, until } = chats.open(anna, chatId, closed.realtime.outbox);
  await until(() => realtime.outbox.all.length === 0);
  expect(lastOf(realtime)).toMatchObject({ content: 'Later', clientId });
});

test('goes on sending in order what is left when the chat is closed', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, until, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  chats.network.cut();
  await untilIn('waiting');
  for (let n = 1; n <= 3; n++) realtime.send(`${n}`);
  await realtime.stop();
  chats.network.restore();
  await until(() => realtime.outbox.all.length === 0);
  const sent = (await chats.historyOf(chatId, boris)).slice(1);
  expect(sent.map(({ content }) => content)).toEqual(['1', '2', '3']);
});

test('everyone sees the assistant write and then gets its message', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, until, untilIn, drafts } = chats.open(boris, chatId);
  await untilIn('live');
  await chats.ask(anna, 'POST', '/ai/ask', { chatId, question: 'Hills or lake?' });
  await until(() => lastOf(realtime)?.type === 'ai');
  expect(drafts.length).toBeGreaterThan(1);
  const [answer] = realtime.reader.messages.slice(-1);
  for (const draft of drafts) expect(answer?.content.startsWith(draft)).toBe(true);
  // What comes of it late makes no draft again.
  chats.network.say(JSON.stringify({ type: 'ai.delta', chatId, messageId: answer?.id, delta: 'late' }));
  await chats.say(chatId, boris, 'Thank you');
  await until(() => lastOf(realtime)?.content === 'Thank you');
  expect(realtime.drafts.texts.size).toBe(0);
});
