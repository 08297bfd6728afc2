import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { problems } from '#shared/contract/problems.ts';
import { frameProblems } from '#shared/contract/websocket/index.ts';
import { updateUser } from '#shared/data/accounts/users.ts';
import { db } from '#shared/data/client.ts';
import { connectionKeys } from '#shared/data/keys.ts';
import { getItem } from '#shared/data/table.ts';
import { signToken } from '#shared/tokens/sign.ts';
import { handler as connectHandler } from '../../../functions/websocket/connect.ts';
import { handler as defaultHandler } from '../../../functions/websocket/default.ts';
import { handler as disconnectHandler } from '../../../functions/websocket/disconnect.ts';
import { handler as messageHandler } from '../../../functions/websocket/message.ts';
import { handler as pingHandler } from '../../../functions/websocket/ping.ts';
import { call } from '../../support/call.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { linesOf } from '../../support/log-lines.ts';
import { connect, connectionsIn, newGroup, newPerson } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

describe('connecting', () => {
  const handshake = (query: Record<string, string>) => invokeSocket(connectHandler, '$connect', 'someone=', { query });

  test('is refused without a valid token', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const old = await signToken('access', { userId: anna.id, sessionId: 's' }, Date.now() - 3_700_000);
    const answers = await Promise.all([
      handshake({ chatId }),
      handshake({ chatId, token: '' }),
      handshake({ chatId, token: 'nonsense' }),
      handshake({ chatId, token: anna.refreshToken }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    const lines = await linesOf(() => handshake({ chatId, token: old }));
    expect(lines).toMatchObject([{ route: '$connect', status: 401, code: 'token_expired' }]);
    expect(await connectionsIn(chatId)).toEqual([]);
  });

  test('is refused alike for a chat of other users and for one that does not exist', async () => {
    const [anna, eve] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna);
    const others = await handshake({ chatId, token: eve.token });
    expect(others).toEqual({ status: 403, body: null });
    expect(await handshake({ chatId: 'no-such-chat', token: eve.token })).toEqual(others);
  });

  test('is limited to a hundred open sockets per user', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const open = () => connect(anna, chatId);
    await Promise.all(Array.from({ length: 99 }, open));
    const last = await open();
    await expect(open()).rejects.toThrow('429');
    await invokeSocket(disconnectHandler, '$disconnect', last);
    await open();
  });

  test('counts no socket that was closed without a report', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const kept = await connect(anna, chatId);
    const connectedAt = Date.now() - 131 * 60_000;
    await db.send(
      new UpdateCommand({
        TableName: process.env.CONNECTIONS_TABLE,
        Key: connectionKeys.sockets(anna.id),
        UpdateExpression: 'ADD chats :dead',
        ExpressionAttributeValues: { ':dead': new Set(Array.from({ length: 99 }, (_, n) => `${connectedAt}#${n}`)) },
      }),
    );
    const added = await connect(anna, chatId).catch(String);
    expect(new Set((await connectionsIn(chatId)).map(({ connectionId }) => connectionId))).toEqual(
      new Set([kept, added]),
    );
    const item = await getItem<{ chats: Set<string> }>(
      process.env.CONNECTIONS_TABLE as string,
      connectionKeys.sockets(anna.id),
    );
    expect(item?.chats.size).toBe(2);
  });

  test('stores the connection until it is disconnected', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const socket = await connect(anna, chatId);
    expect(await connectionsIn(chatId)).toMatchObject([{ connectionId: socket }]);
    await invokeSocket(disconnectHandler, '$disconnect', socket);
    expect(await connectionsIn(chatId)).toEqual([]);
    expect((await invokeSocket(disconnectHandler, '$disconnect', socket)).status).toBe(200);
  });
});

test('a message shows the current name of its author', async () => {
  const anna = await newPerson('Anna');
  const { id: chatId } = await newGroup(anna);
  const socket = await connect(anna, chatId);
  const say = (content: string) =>
    invokeSocket(messageHandler, 'message', socket, { frame: { type: 'message', content } });
  await say('Hello');
  await updateUser(anna.id, { name: 'Annette' });
  await say('Hello again');
  await updateUser(anna.id, { name: 'Anne' });
  const { body } = await call(sendMessage, anna, { params: { chatId }, body: { content: 'Bye' } });
  expect(body.message.userName).toBe('Anne');
  await updateUser(anna.id, { name: 'Annie' });
  await call(renameGroup, anna, { params: { groupId: chatId }, body: { name: 'Garden' } });
  const names = standIn.received(socket).map(({ userName }) => userName);
  expect(names).toEqual(['Anna', 'Annette', 'Anne', 'Annie']);
});

describe('a frame', () => {
  test('of type ping is answered with pong', async () => {
    expect((await invokeSocket(pingHandler, 'ping', 'a=', { frame: { type: 'ping' } })).body).toEqual({ type: 'pong' });
  });

  test.each([
    ['that is not JSON', 'hello', 'malformed_json', undefined],
    ['with a byte order mark', '\ufeff{"type":"message","clientId":"c1"}', 'malformed_json', 'c1'],
    ['of an unknown type', '{"type":"dance","clientId":"c1"}', 'unknown_type', 'c1'],
    ['without a type', '{}', 'unknown_type', undefined],
    ['that is null', 'null', 'unknown_type', undefined],
  ])('%s is answered with an error', async (_what, frame, code, clientId) => {
    const { status, body } = await invokeSocket(defaultHandler, '$default', 'a=', { frame });
    expect(status).toBe(200);
    expect(body).toEqual({ type: 'error', code, message: expect.any(String), ...(clientId && { clientId }) });
  });

  test.each([
    ['with no content', { type: 'message', clientId: 'c1' }, { rule: 'missing' }],
    ['with blank content', { type: 'message', content: ' ', clientId: 'c1' }, { rule: 'invisible' }],
    [
      'with content that is too long',
      { type: 'message', content: 'x'.repeat(4001), clientId: 'c1' },
      { rule: 'too_long', limit: 4000 },
    ],
  ])('%s is answered with an error on its own socket, which stays usable', async (_what, frame, rule) => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const socket = await connect(anna, chatId);
    await invokeSocket(messageHandler, 'message', socket, { frame });
    const errors = [{ path: 'content', message: expect.any(String), ...rule }];
    expect(standIn.received(socket)).toEqual([
      { type: 'error', code: 'invalid_input', message: expect.any(String), clientId: 'c1', errors },
    ]);
    await invokeSocket(messageHandler, 'message', socket, { frame: { type: 'message', content: 'fine' } });
    expect(standIn.received(socket).at(-1)).toMatchObject({ seq: 2, content: 'fine' });
  });

  test('above the rate limit is refused with the seconds to wait, and without the name of a header', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const socket = await connect(anna, chatId);
    const frame = { type: 'message', content: 'hi' };
    for (let n = 0; n < 12; n++) await invokeSocket(messageHandler, 'message', socket, { frame });
    const refused = standIn.received(socket).find(({ type }) => type === 'error');
    expect(refused).toEqual({
      type: 'error',
      code: 'too_many_requests',
      message: expect.not.stringMatching(/Retry-After/i),
      retryAfter: expect.toSatisfy((seconds: number) => seconds === 1 || seconds === 2),
    });
  });

  test.each(Object.values(frameProblems).flat())('refused with %s has a text that does not name a header', (code) => {
    expect(problems[code].title).not.toMatch(/Retry-After/i);
  });

  test('from an unknown connection is refused', async () => {
    await invokeSocket(messageHandler, 'message', 'stranger=', { frame: { type: 'message', content: 'hi' } });
    expect(standIn.received('stranger=')).toMatchObject([{ type: 'error', code: 'not_a_participant' }]);
  });
});
