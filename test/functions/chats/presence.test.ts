import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { listPresence } from '#shared/contract/chats/list-presence.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { updateMe } from '#shared/contract/users/update-me.ts';
import { db } from '#shared/data/client.ts';
import { connectionKeys, keys } from '#shared/data/keys.ts';
import { handler as disconnectHandler } from '../../../functions/websocket/disconnect.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { countOperations } from '../../support/count-operations.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { connect, connectInbox, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';

const ask = (person: Person, chatId: string) => call(listPresence, person, { params: { chatId } });

/** What a person sees, by user. */
async function seenBy(person: Person, chatId: string): Promise<Map<string, Json>> {
  const { body } = await ask(person, chatId);
  return new Map(body.users.map(({ userId, ...presence }: Json) => [userId, presence]));
}

const hide = (person: Person) => call(updateMe, person, { body: { showLastSeen: false } });

/** As if the person's last socket had been closed at this time. */
const setSeenAt = ({ id }: Person, at: number) =>
  db.send(
    new UpdateCommand({
      TableName: process.env.CONNECTIONS_TABLE,
      Key: connectionKeys.sockets(id),
      UpdateExpression: 'SET seenAt = :at',
      ExpressionAttributeValues: { ':at': at },
    }),
  );

describe('the presence in a group', () => {
  test('shows who is connected by an inbox or in any chat', async () => {
    const [anna, boris, carol] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const [{ id: chatId }, { id: other }] = [await newGroup(anna, boris, carol), await newGroup(boris)];
    await Promise.all([connectInbox(anna), connect(boris, other)]);
    expect(await seenBy(carol, chatId)).toEqual(
      new Map([
        [anna.id, { connected: true }],
        [boris.id, { connected: true }],
        [carol.id, { connected: false }],
      ]),
    );
  });

  test('shows when the others were last connected, rounded down to five minutes', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    const sockets = [await connectInbox(boris), await connect(boris, chatId)];
    for (const socket of sockets) await invokeSocket(disconnectHandler, '$disconnect', socket);
    const before = Date.now() - 10 * 60_000;
    const { connected, lastSeen } = (await seenBy(anna, chatId)).get(boris.id);
    expect(connected).toBe(false);
    expect(Date.parse(lastSeen)).toBeGreaterThan(before);
    const day = new Date(Date.now() - 29 * 24 * 60 * 60_000).toISOString().slice(0, 10);
    await setSeenAt(boris, Date.parse(`${day}T23:59:59.999Z`));
    expect((await seenBy(anna, chatId)).get(boris.id)).toEqual({
      connected: false,
      lastSeen: `${day}T23:55:00.000Z`,
    });
  });

  test('forgets after thirty days when somebody was connected, even if DynamoDB deletes it later', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    await connectInbox(boris);
    await setSeenAt(boris, Date.now() - 31 * 24 * 60 * 60_000);
    expect((await seenBy(anna, chatId)).get(boris.id)).toEqual({ connected: false });
  });

  test('leaves out those who hide it, and shows them only themselves', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    await Promise.all([connectInbox(anna), connectInbox(boris)]);
    await hide(boris);
    expect(await seenBy(anna, chatId)).toEqual(new Map([[anna.id, { connected: true }]]));
    expect(await seenBy(boris, chatId)).toEqual(new Map([[boris.id, { connected: true }]]));
  });

  test('leaves out those who have blocked the caller', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    await call(blockUser, boris, { params: { userId: anna.id } });
    expect([...(await seenBy(anna, chatId)).keys()]).toEqual([anna.id]);
    expect((await seenBy(boris, chatId)).has(anna.id)).toBe(true);
  });

  test('is shown to participants only', async () => {
    const [anna, eve] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna);
    expect(await ask(eve, chatId)).toMatchObject({ status: 403, body: { code: 'not_a_participant' } });
  });

  test('is shown up to a hundred participants', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const add = (from: number, count: number) =>
      db.send(
        new UpdateCommand({
          TableName: process.env.CHAT_TABLE,
          Key: keys.roster(chatId),
          UpdateExpression: 'ADD participantIds :ids',
          ExpressionAttributeValues: {
            ':ids': new Set(Array.from({ length: count }, (_, n) => `${chatId}-${from + n}`)),
          },
        }),
      );
    await add(0, 99);
    expect(await countOperations(() => ask(anna, chatId))).toEqual({
      operations: ['BatchGetItem', 'BatchGetItem', 'BatchGetItem', 'GetItem', 'GetItem', 'UpdateItem'],
      trips: 3,
    });
    expect((await ask(anna, chatId)).status).toBe(200);
    await add(99, 1);
    expect(await ask(anna, chatId)).toMatchObject({ status: 422, body: { code: 'chat_too_large' } });
  });
});

describe('the presence in a direct chat', () => {
  test('shows the other one who has written there', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const chatId = await newDirect(anna, boris);
    await connectInbox(boris);
    expect([...(await seenBy(anna, chatId)).keys()]).toEqual([anna.id]);
    await call(sendMessage, boris, { params: { chatId }, body: { content: 'Hello' } });
    expect((await seenBy(anna, chatId)).get(boris.id)).toEqual({ connected: true });
    expect([...(await seenBy(boris, chatId)).keys()]).toEqual([boris.id]);
  });

  test('is not shown while one has blocked the other', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const chatId = await newDirect(anna, boris);
    await call(blockUser, boris, { params: { userId: anna.id } });
    for (const person of [anna, boris])
      expect(await ask(person, chatId)).toMatchObject({ status: 403, body: { code: 'blocked' } });
  });
});
