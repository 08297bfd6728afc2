import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { unblockUser } from '#shared/contract/users/unblock-user.ts';
import { largePartsOf, listReceivers, smallPartsOf } from '#shared/delivery/receivers.ts';
import { call } from '../support/call.ts';
import { countOperations } from '../support/count-operations.ts';
import { connect, connectInbox, newDirect, newGroup, newPerson } from '../support/people.ts';
import { fillInboxes, fillRoom } from '../support/rooms.ts';

const idsOf = (connections: { connectionId: string }[]) => connections.map(({ connectionId }) => connectionId).sort();

const smallIn = async (chatId: string) => idsOf(smallPartsOf(await listReceivers(chatId)));

describe('the receivers of a chat', () => {
  test('are its sockets and every inbox of its participants, of nobody else', async () => {
    const [anna, boris, eve] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const { id } = await newGroup(anna, boris);
    const opened = [
      await connect(anna, id),
      await connectInbox(anna),
      await connectInbox(anna),
      await connectInbox(boris),
    ];
    await connectInbox(eve);
    expect(await smallIn(id)).toEqual(opened.sort());
  });

  test('in a direct chat with a block are not those who are blocked', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const chatId = await newDirect(anna, boris);
    const [annas, boriss] = [await connectInbox(anna), await connectInbox(boris)];
    await call(blockUser, anna, { params: { userId: boris.id } });
    expect(await smallIn(chatId)).toEqual([annas]);
    await call(blockUser, boris, { params: { userId: anna.id } });
    expect(await smallIn(chatId)).toEqual([]);
    await call(unblockUser, boris, { params: { userId: anna.id } });
    await call(unblockUser, anna, { params: { userId: boris.id } });
    expect(await smallIn(chatId)).toEqual([annas, boriss].sort());
  });

  test('are left to the deliver function beyond 250 participants, whoever is there', async () => {
    const chatId = randomUUID();
    const inboxes = await fillInboxes(chatId, 250);
    expect(await smallIn(chatId)).toEqual(idsOf(inboxes));
    await fillInboxes(chatId, 251);
    const { operations } = await countOperations(async () => {
      expect(await listReceivers(chatId)).toEqual({ chat: [], inboxes: 'large' });
    });
    expect(operations).toEqual(['GetItem', 'Query']);
  });

  test('are left to the deliver function beyond 250 connections, the inboxes first', async () => {
    const chatId = randomUUID();
    await fillInboxes(chatId, 3);
    const sockets = await fillRoom(chatId, 247);
    expect(largePartsOf(await listReceivers(chatId))).toEqual([]);
    await fillRoom(chatId, 1);
    const receivers = await listReceivers(chatId);
    expect(largePartsOf(receivers)).toEqual(['inboxes']);
    expect(smallPartsOf(receivers)).toHaveLength(sockets.length + 1);
    await fillRoom(chatId, 3);
    expect(largePartsOf(await listReceivers(chatId))).toEqual(['chat', 'inboxes']);
  });

  test.each([
    [2, ['BatchGetItem', 'GetItem', 'Query']],
    [100, ['BatchGetItem', 'GetItem', 'Query']],
    [101, ['BatchGetItem', 'BatchGetItem', 'GetItem', 'Query']],
    [250, ['BatchGetItem', 'BatchGetItem', 'BatchGetItem', 'GetItem', 'Query']],
  ])('in a chat of %i take one read for each hundred, in two trips', async (count, operations) => {
    const chatId = randomUUID();
    await fillInboxes(chatId, count);
    expect(await countOperations(() => listReceivers(chatId))).toEqual({ operations, trips: 2 });
  });

  test('are nobody in a chat of too many participants, for one trip', async () => {
    const chatId = randomUUID();
    const inboxes = await fillInboxes(chatId, 10);
    expect(smallPartsOf(await listReceivers(chatId, { maxParticipants: 10 }))).toHaveLength(inboxes.length);
    expect(
      await countOperations(async () => {
        expect(await listReceivers(chatId, { maxParticipants: 9 })).toEqual({ chat: [], inboxes: [] });
      }),
    ).toEqual({ operations: ['GetItem', 'Query'], trips: 1 });
  });
});
