import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { db } from '#shared/data/client.ts';
import {
  addInbox,
  getSocketUser,
  listConnectionsOf,
  removeConnectionById,
  removeConnections,
  removeOldestInbox,
} from '#shared/data/connections/connections.ts';
import { listInboxes, listSeen } from '#shared/data/connections/sockets.ts';
import { connectionKeys } from '#shared/data/keys.ts';
import { getItem } from '#shared/data/table.ts';
import { connect, newGroup, newPerson, type Person } from '../support/people.ts';

const table = process.env.CONNECTIONS_TABLE as string;

const sessionOf = ({ id, sessionId }: Person) => ({
  id: sessionId,
  userId: id,
  createdAt: '',
  lastUsedAt: '',
  rotation: 0,
  expiresAt: 0,
});

async function open(person: Person, connectionId = `${randomUUID()}=`) {
  expect(await addInbox(connectionId, sessionOf(person))).toBeUndefined();
  return connectionId;
}

const idsOf = async ({ id }: Person) => (await listInboxes([id])).map(({ connectionId }) => connectionId);

/** Plants elements of sockets that were opened at this time, and whose end was not reported. */
const plant = ({ id }: Person, set: 'inbox' | 'chats', connectedAt: number, count: number) =>
  db.send(
    new UpdateCommand({
      TableName: table,
      Key: connectionKeys.sockets(id),
      UpdateExpression: `ADD ${set} :elements SET seenAt = :at`,
      ExpressionAttributeValues: {
        ':elements': new Set(
          Array.from({ length: count }, () => [connectedAt, ...(set === 'inbox' ? ['s'] : []), randomUUID()].join('#')),
        ),
        ':at': connectedAt,
      },
    }),
  );

const dead = () => Date.now() - 131 * 60_000;
const old = () => Date.now() - 129 * 60_000;

describe('inboxes', () => {
  test('are found by their users, whose session and age they tell', async () => {
    const [anna, boris, carol] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const [first, second] = [await open(anna), await open(boris)];
    const found = await listInboxes([anna.id, boris.id, carol.id]);
    const byUser = new Map(found.map((inbox) => [inbox.userId, inbox]));
    expect(found).toHaveLength(2);
    expect(byUser.get(anna.id)).toMatchObject({ connectionId: first, sessionId: anna.sessionId, events: true });
    expect(byUser.get(boris.id)?.connectionId).toBe(second);
    expect(Date.now() - (byUser.get(anna.id)?.connectedAt ?? 0)).toBeLessThan(60_000);
    expect(await getSocketUser(first)).toMatchObject({ userId: anna.id, sessionId: anna.sessionId, events: true });
  });

  test('of which thirty are open admit no other, not even at the same time', async () => {
    const anna = await newPerson();
    await plant(anna, 'inbox', Date.now(), 25);
    const answers = await Promise.all(Array.from({ length: 10 }, () => addInbox(`${randomUUID()}=`, sessionOf(anna))));
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'full')).toHaveLength(5);
    expect(await idsOf(anna)).toHaveLength(30);
  });

  test('make room one by one, the oldest first, also for several at once', async () => {
    const anna = await newPerson();
    const ids = [];
    for (let n = 0; n < 6; n++) {
      await plant(anna, 'inbox', Date.now() - 60_000 + n, 1);
      ids.push((await idsOf(anna)).at(-1));
    }
    const removed = await Promise.all([1, 2, 3].map(() => removeOldestInbox(anna.id)));
    expect(new Set(removed.map((inbox) => inbox?.connectionId))).toEqual(new Set(ids.slice(0, 3)));
    expect(await idsOf(anna)).toEqual(ids.slice(3));
  });

  test('whose end was not reported make room first', async () => {
    const anna = await newPerson();
    await plant(anna, 'inbox', dead(), 29);
    const inbox = await open(anna);
    expect(await addInbox('another=', sessionOf(anna))).toBe('full');
    expect(await removeOldestInbox(anna.id)).toMatchObject({ sessionId: 's' });
    await open(anna, 'another=');
    expect(await idsOf(anna)).toEqual([inbox, 'another=']);
  });

  test('that make room can send no more', async () => {
    const anna = await newPerson();
    const inbox = await open(anna);
    expect(await removeOldestInbox(anna.id)).toMatchObject({ connectionId: inbox });
    expect(await getSocketUser(inbox)).toBeUndefined();
    expect(await removeOldestInbox(anna.id)).toBeUndefined();
  });

  test('that were opened more than two hours and ten minutes ago are not found', async () => {
    const anna = await newPerson();
    await plant(anna, 'inbox', dead(), 1);
    expect(await idsOf(anna)).toEqual([]);
    expect(await listConnectionsOf(anna.id)).toEqual([]);
    await plant(anna, 'inbox', old(), 1);
    expect(await idsOf(anna)).toHaveLength(1);
  });
});

describe('sockets of a user', () => {
  async function both() {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const [inbox, inChat] = [await open(anna), await connect(anna, chatId)];
    return { anna, chatId, inbox, inChat };
  }

  test('are listed together', async () => {
    const { anna, chatId, inbox, inChat } = await both();
    const listed = await listConnectionsOf(anna.id);
    expect(new Map(listed.map((one) => [one.connectionId, one.chatId]))).toEqual(
      new Map([
        [inbox, undefined],
        [inChat, chatId],
      ]),
    );
    expect(new Set(listed.map(({ sessionId }) => sessionId))).toEqual(new Set([anna.sessionId]));
  });

  test.each([
    ['$disconnect', (ids: string[]) => Promise.all(ids.map(removeConnectionById))],
    ['a removal', async (_: string[], { id }: Person) => removeConnections(await listConnectionsOf(id))],
    [
      '$disconnect and a removal at once',
      async (ids: string[], { id }: Person) => {
        const listed = await listConnectionsOf(id);
        await Promise.all([removeConnections(listed), ...ids.map(removeConnectionById), removeConnections(listed)]);
      },
    ],
  ])('leave nothing behind after %s', async (_, remove) => {
    const { anna, inbox, inChat } = await both();
    const ids = [inbox, inChat];
    await remove(ids, anna);
    expect(await listConnectionsOf(anna.id)).toEqual([]);
    expect(await Promise.all(ids.map(getSocketUser))).toEqual([undefined, undefined]);
    const item = await getItem(table, connectionKeys.sockets(anna.id));
    expect(item).toEqual({
      ...connectionKeys.sockets(anna.id),
      seenAt: expect.any(Number),
      expiresAt: expect.any(Number),
    });
  });

  test('are removed for several users at once', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const kept = await open(anna);
    const gone = [await open(anna), await open(boris), await open(boris)];
    const found = await listInboxes([anna.id, boris.id]);
    await removeConnections(found.filter(({ connectionId }) => gone.includes(connectionId)));
    expect(await listInboxes([anna.id, boris.id])).toMatchObject([{ connectionId: kept }]);
  });

  test('that nobody knows leave no item behind', async () => {
    const userId = randomUUID();
    await removeConnections([{ connectionId: 'a=', userId, sessionId: 's', connectedAt: Date.now(), events: true }]);
    expect(await getItem(table, connectionKeys.sockets(userId))).toBeUndefined();
  });

  test('tell whether the user is connected, and since when not', async () => {
    const { anna, inbox, inChat } = await both();
    const [boris, carol] = await Promise.all([newPerson(), newPerson()]);
    await plant(boris, 'chats', dead(), 1);
    const before = Date.now();
    const seen = await listSeen([anna.id, boris.id, carol.id]);
    expect(seen.get(anna.id)?.connected).toBe(true);
    expect(seen.get(boris.id)?.connected).toBe(false);
    expect(seen.has(carol.id)).toBe(false);
    await removeConnectionById(inbox);
    expect((await listSeen([anna.id])).get(anna.id)?.connected).toBe(true);
    await removeConnectionById(inChat);
    const gone = (await listSeen([anna.id])).get(anna.id);
    expect(gone?.connected).toBe(false);
    expect(gone?.seenAt).toBeGreaterThanOrEqual(before);
  });
});
