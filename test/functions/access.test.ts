import { describe, expect, test } from 'vitest';
import { createTicket } from '#shared/contract/auth/create-ticket.ts';
import { refresh } from '#shared/contract/auth/refresh.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { endpoints } from '#shared/contract/index.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { updateMe } from '#shared/contract/users/update-me.ts';
import { websocketRoutes } from '#shared/contract/websocket/index.ts';
import { type Item, queryItems } from '#shared/data/table.ts';
import { signToken } from '#shared/tokens/sign.ts';
import { call, handlerOf } from '../support/call.ts';
import { invokeSocket } from '../support/invoke.ts';
import { connect, connectionsIn, newDirect, newGroup, newPerson, type Person } from '../support/people.ts';
import { standIn } from '../support/stand-ins/connections.ts';

/**
 * Calls every endpoint and sends every frame of the contract as users who lack permission. The requests are the
 * contract's own examples, so that a new endpoint is covered, too.
 */

const closed = endpoints.filter(({ access }) => access !== 'public');

test.each(endpoints)('$method $path has an example request in the contract', ({ body, example }) => {
  if (body) expect(example?.body).toBeDefined();
});

test.each(closed)('$method $path rejects requests without a valid token', async (endpoint) => {
  const anna = await newPerson();
  const claims = { userId: anna.id, sessionId: anna.sessionId };
  const forged = `${anna.token.slice(0, -6)}AAAAAA`;
  const params = { chatId: 'c', groupId: 'c', userId: 'u', sessionId: 's', messageId: 'm', emoji: '👍' };
  const as = (token?: string) =>
    call(endpoint, token === undefined ? undefined : { token }, { params, ...endpoint.example });
  expect(await as()).toMatchObject({ status: 401, body: { code: 'token_missing' } });
  expect(await as(forged)).toMatchObject({ status: 401, body: { code: 'token_invalid' } });
  expect(await as(anna.refreshToken)).toMatchObject({ status: 401, body: { code: 'token_invalid' } });
  const old = await signToken('access', claims, Date.now() - 3_700_000);
  expect(await as(old)).toMatchObject({ status: 401, body: { code: 'token_expired' } });
  if (endpoint.access !== 'session') return;
  const ended = await signToken('access', { ...claims, sessionId: 'ended' });
  expect(await as(ended)).toMatchObject({ status: 401, body: { code: 'session_ended' } });
});

/** Anna's message and her name, which nobody else may see. */
const secret = 'between the two of us';
const secretName = 'Anna the secret';

interface Scene {
  anna: Person;
  intruder: Person;
  chatId: string;
  /** A socket that the intruder once had. */
  socket?: string;
}

async function say(anna: Person, chatId: string): Promise<void> {
  await call(sendMessage, anna, { params: { chatId }, body: { content: secret } });
}

/** Everyone who lacks permission in Anna's chat. */
const scenes: Record<string, () => Promise<Scene>> = {
  'a stranger': async () => {
    const [anna, boris, intruder] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    await newGroup(intruder);
    await say(anna, chatId);
    return { anna, intruder, chatId };
  },
  'a former member': async () => {
    const [anna, boris, intruder] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris, intruder);
    const socket = await connect(intruder, chatId);
    await call(removeMember, anna, { params: { groupId: chatId, userId: intruder.id } });
    await say(anna, chatId);
    return { anna, intruder, chatId, socket };
  },
  'a blocked user': async () => {
    const [anna, intruder] = await Promise.all([newPerson(), newPerson()]);
    const chatId = await newDirect(anna, intruder);
    const socket = await connect(intruder, chatId);
    await call(blockUser, anna, { params: { userId: intruder.id } });
    return { anna, intruder, chatId, socket };
  },
};

const theMessage = (chatId: string) => ({ messageId: `${chatId}-1`, emoji: '👍' });

/** The endpoint's example, with ids of the scene in the place of its placeholders. */
function requestOf({ example }: Endpoint, { anna, chatId }: Scene) {
  const ids: Record<string, string> = { 'chat-id': chatId, 'user-id': anna.id, 'message-id': `${chatId}-1` };
  const filled = JSON.stringify(example ?? {}).replace(
    /"(chat-id|user-id|message-id)"/g,
    (_, word) => `"${ids[word]}"`,
  );
  const params = { chatId, groupId: chatId, userId: anna.id, sessionId: anna.sessionId, ...theMessage(chatId) };
  return { params, ...JSON.parse(filled) };
}

const partition = (pk: string) =>
  queryItems({
    TableName: process.env.CHAT_TABLE,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
  });

/** Every stored item of Anna and of the chat, without the count of how often others have added her to groups. */
async function stateOf({ anna, chatId }: Scene) {
  const parts = [`USER#${anna.id}`, `CHAT#${chatId}`, `LOG#${chatId}`, `LOGIN#email:${anna.email}`];
  const items: Item[] = (await Promise.all(parts.map(partition))).flat();
  return items.map(({ added: _, ...item }) => item);
}

/** Endpoints that anyone may call about Anna: they add items, but change none of hers. */
const addressesPeople = ['chats/open-direct', 'users/block-user', 'users/unblock-user', 'groups/create-group'];
/** What a blocked user may still do in the direct chat. */
const forParticipants = [
  'chats/get-chat',
  'chats/mark-unread',
  'chats/set-notifications',
  'chats/set-place',
  'chats/list-messages',
  'chats/search-messages',
  'chats/mark-read',
  'chats/list-reads',
  'chats/report-message',
  'ai/list-suggestions',
  'messages/get-message',
  'messages/list-changes',
  'messages/list-pins',
  'messages/list-reactions',
  // Only a message of one's own.
  'messages/delete-message',
];
/** What a blocked user may do although it changes items of the chat. */
const changesTheChat = ['users/block-user', 'users/delete-me', 'chats/leave-chat'];

describe.each(Object.entries(scenes))('%s', (who, set) => {
  const isBlocked = who === 'a blocked user';
  const forbidden = closed.filter(({ name }) => !(isBlocked && changesTheChat.includes(name)));

  test.each(forbidden)('reads nothing and changes nothing through $method $path', async (endpoint) => {
    const scene = await set();
    await call(updateMe, scene.anna, { body: { name: secretName } });
    const before = await stateOf(scene);
    const answer = await call(endpoint, scene.intruder, requestOf(endpoint, scene));
    const after = await stateOf(scene);

    const isParticipant = isBlocked && forParticipants.includes(endpoint.name);
    expect(after).toEqual(expect.arrayContaining(before));
    if (!addressesPeople.includes(endpoint.name)) expect(after).toHaveLength(before.length);
    expect(JSON.stringify(answer.body)).not.toContain(secret);
    const ofTheChat =
      /\{(chat|group)Id\}/.test(endpoint.path) || JSON.stringify(endpoint.example ?? '').includes('"chat-id"');
    if (ofTheChat && !isParticipant) {
      expect(answer.status).toBeGreaterThanOrEqual(403);
      expect(['not_a_participant', 'blocked', 'not_a_group']).toContain(answer.body.code);
      expect(JSON.stringify(answer.body)).not.toContain(secretName);
    }
  });

  // A blocked user is still a participant of the chat.
  if (!isBlocked)
    test('gets the same answer as for a chat that does not exist', async () => {
      const scene = await set();
      for (const endpoint of endpoints.filter(({ path }) => /\{(chat|group)Id\}/.test(path))) {
        const refused = await call(endpoint, scene.intruder, requestOf(endpoint, scene));
        const nowhere = await call(endpoint, scene.intruder, requestOf(endpoint, { ...scene, chatId: 'no-such-chat' }));
        expect({ ...nowhere.body, requestId: '' }).toEqual({ ...refused.body, requestId: '' });
      }
    });

  test('cannot open a socket, with a token or with a ticket', async () => {
    const { intruder, chatId } = await set();
    await expect(connect(intruder, chatId)).rejects.toThrow('403');
    const { body } = await call(createTicket, intruder);
    await expect(connect(intruder, chatId, { ticket: body.ticket })).rejects.toThrow('403');
  });

  const frames = Object.keys(websocketRoutes).filter((key) => !key.startsWith('$'));
  test.each(frames)('sends and reads nothing by the frame "%s" over an old socket', async (type) => {
    const scene = await set();
    const socket = scene.socket ?? 'never-opened=';
    const before = await stateOf(scene);
    const frame = { type, content: 'I am still here', after: 0, seq: 1 };
    await invokeSocket(await handlerOf(websocketRoutes[type]?.name as string), type, socket, { frame });
    expect(await stateOf(scene)).toEqual(before);
    expect(JSON.stringify(standIn.received(socket))).not.toContain(secret);
  });
});

test('a refresh token opens no socket', async () => {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  await expect(connect({ token: anna.refreshToken }, id)).rejects.toThrow('401');
  expect(await connectionsIn(id)).toEqual([]);
  // Not because the token is worthless: it refreshes.
  expect((await call(refresh, undefined, { body: { refreshToken: anna.refreshToken } })).status).toBe(200);
});
