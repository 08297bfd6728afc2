import { expect, test } from 'vitest';
import { createTicket } from '#shared/contract/auth/create-ticket.ts';
import { login } from '#shared/contract/auth/login.ts';
import { getChat } from '#shared/contract/chats/get-chat.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { listUnread } from '#shared/contract/chats/list-unread.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { markUnread } from '#shared/contract/chats/mark-unread.ts';
import { readAll } from '#shared/contract/chats/read-all.ts';
import { searchMessages } from '#shared/contract/chats/search-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { setNotifications } from '#shared/contract/chats/set-notifications.ts';
import { setPlace } from '#shared/contract/chats/set-place.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { addUse } from '#shared/data/limits.ts';
import { handler as listChatsHandler } from '../../functions/chats/list-chats.ts';
import { handler as listMessagesHandler } from '../../functions/chats/list-messages.ts';
import { handler as sendHandler } from '../../functions/chats/send-message.ts';
import { handler as joinHandler } from '../../functions/groups/join-group.ts';
import { handler as disconnectHandler } from '../../functions/websocket/disconnect.ts';
import { handler as messageHandler } from '../../functions/websocket/message.ts';
import { handler as syncHandler } from '../../functions/websocket/sync.ts';
import { call } from '../support/call.ts';
import { countOperations } from '../support/count-operations.ts';
import { inChats } from '../support/growth.ts';
import { invoke, invokeSocket } from '../support/invoke.ts';
import { connect, connectInbox, newGroup, newPerson, password } from '../support/people.ts';

/** The first message of an hour takes one more operation. */
const openHourOfDeliveries = (userId: string) => addUse('deliveries', userId, 1, 3600);

/** What each action costs, counted at the SDK client: operations, and consecutive round trips. */

test('connecting: 5 operations in 2 trips', async () => {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  expect(await countOperations(() => connect(anna, id))).toEqual({
    operations: ['GetItem', 'GetItem', 'GetItem', 'GetItem', 'TransactWriteItems'],
    trips: 2,
  });
});

test('connecting with a ticket: 6 operations in 3 trips', async () => {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  const { body } = await call(createTicket, anna);
  expect(await countOperations(() => connect(anna, id, { ticket: body.ticket }))).toEqual({
    operations: ['DeleteItem', 'GetItem', 'GetItem', 'GetItem', 'GetItem', 'TransactWriteItems'],
    trips: 3,
  });
});

test('opening an inbox: 3 operations in 2 trips, 4 in 3 with a ticket', async () => {
  const anna = await newPerson();
  const operations = ['GetItem', 'GetItem', 'TransactWriteItems'];
  expect(await countOperations(() => connectInbox(anna))).toEqual({ operations, trips: 2 });
  const { body } = await call(createTicket, anna);
  expect(await countOperations(() => connectInbox({ token: '' }, { ticket: body.ticket }))).toEqual({
    operations: ['DeleteItem', ...operations],
    trips: 3,
  });
});

test('marking as read: 7 operations in 6 trips with the author watching, and 1 when nothing changes', async () => {
  const anna = await newPerson();
  const boris = await newPerson();
  const { id: chatId } = await newGroup(anna, boris);
  await connect(anna, chatId, { events: '1' });
  const read = (seq: number) => countOperations(() => call(markRead, boris, { params: { chatId }, body: { seq } }));
  expect(await read(1)).toEqual({
    operations: ['BatchGetItem', 'BatchGetItem', 'GetItem', 'GetItem', 'Query', 'Query', 'UpdateItem'],
    trips: 6,
  });
  expect(await read(1)).toEqual({ operations: ['BatchGetItem'], trips: 1 });
  await call(sendMessage, anna, { params: { chatId }, body: { content: 'hi' } });
  // The number of participants is cached for a minute.
  const operations = ['BatchGetItem', 'BatchGetItem', 'GetItem', 'Query', 'Query', 'UpdateItem'];
  expect(await read(2)).toEqual({ operations, trips: 5 });
});

test('marking as unread: 5 operations in 5 trips, of which one reads the own inboxes; reading it again where nothing is new: 3 in 3 with the own inboxes', async () => {
  const [anna, boris] = [await newPerson(), await newPerson()];
  const { id: chatId } = await newGroup(anna, boris);
  const input = { params: { chatId }, body: { seq: 1 } };
  await call(markRead, boris, input);
  expect(await countOperations(() => call(markUnread, boris, input))).toEqual({
    operations: ['BatchGetItem', 'GetItem', 'Query', 'UpdateItem', 'UpdateItem'],
    trips: 5,
  });
  expect(await countOperations(() => call(markRead, boris, input))).toEqual({
    operations: ['BatchGetItem', 'BatchGetItem', 'UpdateItem'],
    trips: 3,
  });
});

test('changing one’s own settings of a chat: 3 operations in 3 trips, of which one reads the own inboxes', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  const counted = { operations: ['BatchGetItem', 'UpdateItem', 'UpdateItem'], trips: 3 };
  const params = { chatId };
  expect(await countOperations(() => call(setNotifications, anna, { params, body: { level: 'none' } }))).toEqual(
    counted,
  );
  expect(await countOperations(() => call(setPlace, anna, { params, body: { pinned: true } }))).toEqual(counted);
});

test('reading one chat: 3 operations in 2 trips with a cached name', async () => {
  const [anna, boris] = [await newPerson(), await newPerson()];
  const { id: chatId } = await newGroup(anna, boris);
  const read = () => call(getChat, boris, { params: { chatId } });
  await read();
  const operations = ['BatchGetItem', 'BatchGetItem', 'BatchGetItem'];
  expect(await countOperations(read)).toEqual({ operations, trips: 2 });
});

test('searching a chat of up to 250 messages: 5 operations in 4 trips with cached names, and one of each less without hits', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  await call(sendMessage, anna, { params: { chatId }, body: { content: 'to the lake' } });
  await call(listMessages, anna, { params: { chatId } });
  const search = (q: string) => countOperations(() => call(searchMessages, anna, { params: { chatId }, query: { q } }));
  const operations = ['GetItem', 'GetItem', 'Query', 'UpdateItem'];
  expect(await search('lake')).toEqual({ operations: ['BatchGetItem', ...operations], trips: 4 });
  // Counting again takes two.
  expect(await search('hills')).toEqual({ operations: [...operations, 'UpdateItem'], trips: 4 });
});

test('what is unread in 50 chats: 3 operations in 3 trips, in 1,000: 22 and a count; where nothing is unread, no message is read', async () => {
  const [some, many] = [await inChats(50), await inChats(1000)];
  const unread = (person: typeof some) => countOperations(() => call(listUnread, person));
  expect(await unread(some)).toEqual({ operations: ['BatchGetItem', 'BatchGetItem', 'Query'], trips: 3 });
  const { operations } = await unread(many);
  expect(operations.filter((name) => name === 'BatchGetItem')).toHaveLength(20);
  expect(operations.length).toBeLessThanOrEqual(22);
  await call(readAll, some);
  expect(await unread(some)).toEqual({ operations: ['BatchGetItem', 'Query'], trips: 2 });
});

test('logging in: 14 operations in 12 trips, of which 7 count logins and guesses', async () => {
  const anna = await newPerson();
  const body = { email: anna.email, password };
  expect(await countOperations(() => call(login, undefined, { body }))).toEqual({
    operations: [
      ...['GetItem', 'GetItem', 'GetItem', 'GetItem', 'PutItem', 'Query', 'TransactWriteItems'],
      ...Array.from({ length: 7 }, () => 'UpdateItem'),
    ],
    trips: 12,
  });
});

test('disconnecting: 3 operations in 3 trips', async () => {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  const socket = await connect(anna, id);
  const counted = await countOperations(() => invokeSocket(disconnectHandler, '$disconnect', socket));
  expect(counted).toEqual({ operations: ['BatchWriteItem', 'DeleteItem', 'UpdateItem'], trips: 3 });
});

test('closing an inbox: 2 operations in 2 trips', async () => {
  const inbox = await connectInbox(await newPerson());
  const counted = await countOperations(() => invokeSocket(disconnectHandler, '$disconnect', inbox));
  expect(counted).toEqual({ operations: ['DeleteItem', 'UpdateItem'], trips: 2 });
});

test('syncing when nothing was missed: 4 operations in 3 trips, then 5 in 4, because counting again takes two', async () => {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  const socket = await connect(anna, id);
  const sync = () =>
    countOperations(() => invokeSocket(syncHandler, 'sync', socket, { frame: { type: 'sync', after: 1 } }));
  expect(await sync()).toEqual({ operations: ['GetItem', 'GetItem', 'GetItem', 'UpdateItem'], trips: 3 });
  const countingAgain = ['GetItem', 'GetItem', 'GetItem', 'UpdateItem', 'UpdateItem'];
  expect(await sync()).toEqual({ operations: countingAgain, trips: 4 });
});

test('reading one’s own profile: 3 operations in 2 trips', async () => {
  const anna = await newPerson();
  expect(await countOperations(() => call(getMe, anna))).toEqual({
    operations: ['GetItem', 'GetItem', 'GetItem'],
    trips: 2,
  });
});

/** Of a send: the allowance, the number, the own message beside the store, and the deliveries. */
const updates = ['UpdateItem', 'UpdateItem', 'UpdateItem', 'UpdateItem'];

test('sending over the socket: 10 operations in 7 trips, of which one reads the name, the budget and the clientId', async () => {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  const { id: other } = await newGroup(anna);
  const [first, second] = await Promise.all([connect(anna, id), connect(anna, other)]);
  await openHourOfDeliveries(anna.id);
  const send = (socket: string, frame: object) =>
    countOperations(() => invokeSocket(messageHandler, 'message', socket, { frame }));
  expect(await send(first, { type: 'message', content: 'a' })).toEqual({
    operations: ['BatchGetItem', 'BatchGetItem', 'GetItem', 'GetItem', 'PutItem', 'Query', ...updates],
    trips: 7,
  });
  expect(await send(second, { type: 'message', content: 'a', clientId: '1' })).toEqual({
    operations: ['BatchGetItem', 'BatchGetItem', 'GetItem', 'GetItem', 'Query', 'TransactWriteItems', ...updates],
    trips: 7,
  });
});

test('sending over REST: 9 operations in 6 trips, of which one reads the name, the budget and the clientId', async () => {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  const { id: other } = await newGroup(anna);
  await openHourOfDeliveries(anna.id);
  const send = (chatId: string, clientId?: string) =>
    countOperations(() =>
      invoke(sendHandler, sendMessage, { token: anna.token, params: { chatId }, body: { content: 'a', clientId } }),
    );
  expect(await send(id)).toEqual({
    operations: ['BatchGetItem', 'BatchGetItem', 'GetItem', 'PutItem', 'Query', ...updates],
    trips: 6,
  });
  expect(await send(other, '1')).toEqual({
    operations: ['BatchGetItem', 'BatchGetItem', 'GetItem', 'Query', 'TransactWriteItems', ...updates],
    trips: 6,
  });
});

test('a reply costs one read more, and mentions one read and an update for each, in one trip more', async () => {
  const [anna, boris, vera] = await Promise.all([newPerson(), newPerson(), newPerson()]);
  await openHourOfDeliveries(anna.id);
  const send = async (draft: object, isReply = false) => {
    const { id: chatId } = await newGroup(anna, boris, vera);
    const body = { content: 'a', ...draft, ...(isReply && { replyToId: `${chatId}-1` }) };
    return countOperations(() => invoke(sendHandler, sendMessage, { token: anna.token, params: { chatId }, body }));
  };
  expect(await send({}, true)).toEqual({
    operations: ['BatchGetItem', 'BatchGetItem', 'GetItem', 'GetItem', 'PutItem', 'Query', ...updates],
    trips: 7,
  });
  const mentions = [boris.id, vera.id];
  const marks = ['UpdateItem', 'UpdateItem'];
  expect(await send({ mentions })).toEqual({
    operations: [...Array(3).fill('BatchGetItem'), 'GetItem', 'PutItem', 'Query', ...updates, ...marks],
    trips: 7,
  });
  expect(await send({ everyone: true })).toEqual({
    operations: ['BatchGetItem', 'BatchGetItem', 'GetItem', 'PutItem', 'Query', ...updates, 'UpdateItem'],
    trips: 6,
  });
  expect((await send({ mentions, everyone: true }, true)).trips).toBe(7);
});

test('reading a page of messages and the cursor for changes: 4 operations in 2 trips; with cached names 3 in 1', async () => {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  const read = () =>
    countOperations(() => invoke(listMessagesHandler, listMessages, { token: anna.token, params: { chatId: id } }));
  expect(await read()).toEqual({ operations: ['BatchGetItem', 'GetItem', 'Query', 'Query'], trips: 2 });
  expect(await read()).toEqual({ operations: ['GetItem', 'Query', 'Query'], trips: 1 });
});

test('listing 50 chats: 5 operations in 4 trips; with cached names 4 in 3', async () => {
  const anna = await newPerson();
  await Promise.all(Array.from({ length: 50 }, () => newGroup(anna)));
  const list = () => countOperations(() => invoke(listChatsHandler, listChats, { token: anna.token }));
  expect(await list()).toEqual({ operations: [...Array(4).fill('BatchGetItem'), 'Query'], trips: 4 });
  expect(await list()).toEqual({ operations: [...Array(3).fill('BatchGetItem'), 'Query'], trips: 3 });
});

test('creating a group: 6 operations in 5 trips, with profiles, blocks and contacts in one read', async () => {
  const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
  expect(await countOperations(() => newGroup(anna, boris))).toEqual({
    operations: ['BatchGetItem', 'BatchGetItem', 'GetItem', 'GetItem', 'TransactWriteItems', 'UpdateItem'],
    trips: 5,
  });
});

test('joining, including its system message and delivery: 8 operations in 7 trips, of which the last tells the joiner’s inboxes, plus 2 in 2 to count the join and the deliveries', async () => {
  const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
  const { inviteCode } = await newGroup(anna);
  await openHourOfDeliveries(boris.id);
  const join = () =>
    countOperations(() => invoke(joinHandler, joinGroup, { token: boris.token, body: { inviteCode } }));
  expect(await join()).toEqual({
    operations: [
      ...['BatchGetItem', 'BatchGetItem', 'BatchGetItem', 'GetItem', 'GetItem', 'Query', 'TransactWriteItems'],
      ...['UpdateItem', 'UpdateItem', 'UpdateItem'],
    ],
    trips: 9,
  });
});
