import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { storeMessage } from '#shared/data/chats/messages.ts';
import { removeConnections } from '#shared/data/connections/connections.ts';
import { type Inbox, listInboxes } from '#shared/data/connections/sockets.ts';
import { keys } from '#shared/data/keys.ts';
import { addUse } from '#shared/data/limits.ts';
import { deliverChange } from '#shared/delivery/changes.ts';
import { deliverToInboxes } from '#shared/delivery/inboxes.ts';
import type { Delivery } from '#shared/delivery/invoke.ts';
import { deliverToChat, redeliver } from '#shared/delivery/to-chat.ts';
import { handler as deliverHandler } from '../../functions/deliver.ts';
import { call } from '../support/call.ts';
import { countOperations } from '../support/count-operations.ts';
import { put, putAll } from '../support/growth.ts';
import { interceptNext, throttleNext } from '../support/intercept-next.ts';
import { context } from '../support/invoke.ts';
import { connectInbox, newGroup, newPerson } from '../support/people.ts';
import { fillInboxes, fillRoom } from '../support/rooms.ts';
import { standIn } from '../support/stand-ins/connections.ts';
import { countOf, deliveryOf, each, runAll, storedIn, takeEvents } from './rounds.ts';

const inboxEvent = async (chatId: string): Promise<Delivery> => ({
  ...deliveryOf(await storedIn(chatId)),
  inboxes: true,
});

describe('a chat of more than 250 participants', () => {
  test('hands its inboxes over in one invocation, and answers the sender’s own at once', async () => {
    const chatId = randomUUID();
    const inboxes = await fillInboxes(chatId, 300);
    const [own, ...others] = inboxes as [Inbox, ...Inbox[]];
    const sockets = await fillRoom(chatId, 2);
    await deliverToChat(await storedIn(chatId), own.connectionId);
    expect(countOf([own, ...sockets])).toEqual([1, 1, 1]);
    expect(countOf(others)).toEqual(each(others, 0));
    expect(await runAll(chatId)).toHaveLength(1);
    expect(countOf(inboxes)).toEqual(each(inboxes, 1));
  });

  test('hands over both parts of a large room, each in its own invocation', async () => {
    const chatId = randomUUID();
    const inboxes = await fillInboxes(chatId, 2);
    const sockets = await fillRoom(chatId, 251);
    await deliverToChat(await storedIn(chatId));
    expect(takeEvents(chatId).map(({ inboxes }) => inboxes)).toEqual([undefined, true]);
    await deliverToChat(await storedIn(chatId, 2));
    await runAll(chatId);
    expect(countOf([...inboxes, ...sockets])).toEqual(each([...inboxes, ...sockets], 1));
  });

  test('gets changes, and repeated messages even when they are old', async () => {
    const chatId = randomUUID();
    const inboxes = await fillInboxes(chatId, 251);
    const message = await storedIn(chatId);
    await deliverChange(chatId, { shown: Promise.resolve(message), seq: 1, rev: 7, userId: 'u', isLive: true });
    await runAll(chatId);
    expect(standIn.received(inboxes[0]?.connectionId as string)).toMatchObject([{ type: 'changed', rev: 7 }]);
    await redeliver({ ...message, createdAt: new Date(Date.now() - 3_600_000).toISOString() });
    await runAll(chatId);
    expect(countOf(inboxes)).toEqual(each(inboxes, 2));
  });

  test('of a thousand takes 14 operations: the roster, ten reads of a hundred, the message, the name and the count', async () => {
    const chatId = randomUUID();
    await fillInboxes(chatId, 1000);
    const anna = await newPerson();
    await addUse('deliveries', anna.id, 1, 3600);
    const createdAt = new Date().toISOString();
    await storeMessage({ chatId, seq: 1, userId: anna.id, createdAt, type: 'text', content: 'hi' });
    const event = { chatId, seq: 1, userId: anna.id, firstShard: 0, shardCount: 1, inboxes: true } as const;
    const { operations } = await countOperations(() => deliverHandler(event, context));
    expect(operations).toEqual([...Array(11).fill('BatchGetItem'), 'GetItem', 'GetItem', 'UpdateItem']);
  });
});

describe('delivery to inboxes', () => {
  test('that waited in Lambda’s queue goes to nobody who was removed meanwhile', async () => {
    const [anna, eve, boris] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const { id } = await newGroup(anna, eve, boris);
    const [eves, boriss] = [await connectInbox(eve), await connectInbox(boris)];
    const { body } = await call(sendMessage, anna, { params: { chatId: id }, body: { content: 'queued' } });
    const before = standIn.received(eves).length;
    const event: Delivery = { ...deliveryOf(body.message), inboxes: true };
    await call(removeMember, anna, { params: { groupId: id, userId: eve.id } });
    const removed = { type: 'chat.removed', chatId: id };
    expect(standIn.received(eves).slice(before)).toEqual([removed]);
    await deliverHandler(event, context);
    expect(standIn.received(eves).slice(before)).toEqual([removed]);
    expect(standIn.received(boriss).at(-1)).toMatchObject({ content: 'queued' });
  });

  test('tries again only those who are still in the chat', async () => {
    const chatId = randomUUID();
    const [boris, eve, vera] = (await fillInboxes(chatId, 3)) as [Inbox, Inbox, Inbox];
    for (const { connectionId } of [boris, eve]) standIn.behave(connectionId, 'silent');
    const delivered = deliverToInboxes(await inboxEvent(chatId), async () => ({ content: 'hi' }));
    while (standIn.received(vera.connectionId).length === 0) await sleep(10);
    await putAll([put({ ...keys.roster(chatId), participantIds: new Set([boris.userId, vera.userId]) })]);
    // The second round begins by reading who is still there.
    interceptNext('GetItem', (_, go) => {
      for (const { connectionId } of [boris, eve]) standIn.behave(connectionId, 200);
      return go();
    });
    await delivered;
    expect(countOf([boris, eve, vera])).toEqual([1, 0, 1]);
  });

  test('is repeated by Lambda if the participants or the message cannot be read', async () => {
    const chatId = randomUUID();
    const inboxes = await fillInboxes(chatId, 2);
    const event = await inboxEvent(chatId);
    throttleNext('BatchGetItem', undefined);
    await expect(deliverHandler(event, context)).rejects.toThrow('slow down');
    await expect(deliverHandler({ ...event, seq: 9 }, context)).rejects.toThrow('not there');
    expect(countOf(inboxes)).toEqual([0, 0]);
    await deliverHandler(event, context);
    expect(countOf(inboxes)).toEqual([1, 1]);
  });

  test('spends one post on a dead inbox, and removes it', async () => {
    const chatId = randomUUID();
    const [dead, live] = (await fillInboxes(chatId, 2)) as [Inbox, Inbox];
    // A second post would arrive.
    standIn.behave(dead.connectionId, 410, 200);
    await deliverToChat(await storedIn(chatId, 1));
    expect(await listInboxes([dead.userId, live.userId])).toMatchObject([{ connectionId: live.connectionId }]);
    await deliverToChat(await storedIn(chatId, 2));
    expect(countOf([dead, live])).toEqual([0, 2]);
  });

  test('goes to whoever opened an inbox before the message was stored', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id } = await newGroup(anna, boris);
    const inbox = await connectInbox(boris);
    await call(sendMessage, anna, { params: { chatId: id }, body: { content: 'hi' } });
    expect(standIn.received(inbox)).toMatchObject([{ content: 'hi', chatId: id }]);
    await removeConnections(await listInboxes([boris.id]));
    await call(sendMessage, anna, { params: { chatId: id }, body: { content: 'to nobody' } });
    expect(standIn.received(inbox)).toHaveLength(1);
  });
});
