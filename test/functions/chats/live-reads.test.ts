import { afterEach, describe, expect, test, vi } from 'vitest';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { keys } from '#shared/data/keys.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { countOperations } from '../../support/count-operations.ts';
import { put, putAll } from '../../support/growth.ts';
import { interceptNothing, throttleNext } from '../../support/intercept-next.ts';
import { connect, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

afterEach(() => {
  interceptNothing();
  vi.useRealTimers();
});

const send = (person: Person, chatId: string) =>
  call(sendMessage, person, { params: { chatId }, body: { content: 'hi' } });

const read = (person: Person, chatId: string, seq: number) =>
  call(markRead, person, { params: { chatId }, body: { seq } });

const watch = (person: Person, chatId: string) => connect(person, chatId, { events: '1' });

/** The read marks that a connection has received. */
const readsOn = (socket: string) => standIn.received(socket).filter(({ type }: Json) => type === 'read');

const pair = () => Promise.all([newPerson('Anna'), newPerson('Boris')]);

/** A group of so many people who all watch it on one device each, and Anna’s message in it. */
async function watchedGroup(size: number) {
  const people = await Promise.all(Array.from({ length: size }, () => newPerson()));
  const [anna, ...others] = people as [Person, ...Person[]];
  const { id } = await newGroup(anna, ...others);
  const sockets = await Promise.all(people.map((person) => watch(person, id)));
  const { body } = await send(anna, id);
  const markAll = () => Promise.all(people.map((person) => read(person, id, body.message.seq)));
  return { anna, others, id, markAll, counts: () => sockets.map((socket) => readsOn(socket).length) };
}

describe('a live read mark', () => {
  test('is sent once, only to connections with events=1', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    await send(anna, chatId);
    const [watching, plain] = [await watch(anna, chatId), await connect(anna, chatId)];
    await read(boris, chatId, 1);
    await read(boris, chatId, 1);
    expect(standIn.received(watching)).toEqual([{ type: 'read', chatId, userId: boris.id, seq: 1 }]);
    expect(standIn.received(plain)).toEqual([]);
  });

  test('goes to the authors of what was newly read and to the reader’s own devices, and to nobody else', async () => {
    const [anna, boris, carol] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const { id } = await newGroup(anna, boris, carol);
    const [annas, first, second, carols] = [
      ...[await watch(anna, id), await watch(boris, id), await watch(boris, id)],
      await watch(carol, id),
    ] as [string, string, string, string];
    const counts = () => [annas, first, second, carols].map((socket) => readsOn(socket).length);
    await send(carol, id);
    await send(anna, id);
    await read(boris, id, 1);
    // Anna has created the group.
    expect(counts()).toEqual([1, 1, 1, 0]);
    await read(boris, id, 2);
    expect(counts()).toEqual([1, 2, 2, 1]);
    await read(boris, id, 3);
    expect(counts()).toEqual([2, 3, 3, 1]);
    await send(carol, id);
    await send(anna, id);
    await read(boris, id, 5);
    expect(counts()).toEqual([3, 4, 4, 2]);
  });

  test('of an answer goes to the person who asked', async () => {
    const [anna, boris, carol] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const { id } = await newGroup(anna, boris, carol);
    await read(boris, id, 1);
    const { body } = await call(askAssistant, carol, { body: { chatId: id, question: 'Hills or lake?' } });
    const [annas, carols] = [await watch(anna, id), await watch(carol, id)];
    await read(boris, id, body.message.seq);
    expect([readsOn(annas), readsOn(carols)].map(({ length }) => length)).toEqual([0, 1]);
  });

  test('goes to the authors of the newest hundred messages that were read', async () => {
    const [anna, boris, carol] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris, carol);
    const message = { chatId, type: 'text', content: 'hi', createdAt: '2026-01-01T00:00:00.000Z' };
    const by = ({ id: userId }: Person, seq: number) => put({ ...keys.message(chatId, seq), ...message, userId, seq });
    const numbers = Array.from({ length: 99 }, (_, n) => n + 4);
    // Carol’s is the hundredth from the end, Anna’s the one before.
    await putAll([by(anna, 2), by(carol, 3), ...numbers.map((seq) => by(boris, seq))]);
    const { id, ...group } = { id: chatId, name: 'Group', type: 'group', createdAt: message.createdAt, seq: 102 };
    await putAll([put({ ...keys.chat(id), id, ...group })]);
    const [annas, carols] = [await watch(anna, chatId), await watch(carol, chatId)];
    await read(boris, chatId, 102);
    expect([readsOn(annas), readsOn(carols)].map(({ length }) => length)).toEqual([0, 1]);
  });

  test('is not sent when it cannot be found out to whom, but is stored', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    await send(anna, chatId);
    const socket = await watch(anna, chatId);
    throttleNext('Query');
    expect(await read(boris, chatId, 1)).toMatchObject({ status: 200, body: { seq: 1 } });
    expect(readsOn(socket)).toEqual([]);
  });
});

describe('when everybody reads one message', () => {
  test('in a group of 20, each mark is two frames: one to its author, one to the reader', async () => {
    const { markAll, counts } = await watchedGroup(20);
    await markAll();
    // The author’s own mark has moved with the message. Others read “created the group” too, by the same author.
    expect(counts()).toEqual([19, ...Array.from({ length: 19 }, () => 1)]);
  });

  test('in a group of 21 and of 30 there is no frame on the chat’s sockets', async () => {
    for (const size of [21, 30]) {
      const { markAll, counts } = await watchedGroup(size);
      await markAll();
      expect(counts()).toEqual(Array.from({ length: size }, () => 0));
    }
  });

  test('a group that grows or shrinks past 20 changes within a minute', { timeout: 30_000 }, async () => {
    const { anna, others, id, markAll, counts } = await watchedGroup(21);
    const last = others.at(-1) as Person;
    await markAll();
    await call(removeMember, anna, { params: { groupId: id, userId: last.id } });
    const later = (await send(anna, id)).body.message.seq;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    await read(others[0] as Person, id, later);
    expect(counts().slice(0, 3)).toEqual([1, 1, 0]);
    await call(addMembers, anna, { params: { groupId: id }, body: { userIds: [last.id] } });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    await read(others[0] as Person, id, later + 1);
    expect(counts().slice(0, 3)).toEqual([1, 1, 0]);
  });
});

describe('reading the participants, messages and connections', () => {
  const reads = async (person: Person, chatId: string, seq: number) =>
    (await countOperations(() => read(person, chatId, seq))).operations;

  test('is not done when the mark does not move, nor in a large group whose size is known', async () => {
    const { others, id } = await watchedGroup(21);
    const [first, second, third] = others as [Person, Person, Person];
    // The second BatchGetItem reads the user's own inboxes.
    expect(await reads(first, id, 2)).toEqual(['BatchGetItem', 'BatchGetItem', 'GetItem', 'UpdateItem']);
    expect(await reads(first, id, 2)).toEqual(['BatchGetItem']);
    expect(await reads(second, id, 2)).toEqual(['BatchGetItem', 'BatchGetItem', 'UpdateItem']);
    expect(await reads(third, id, 2)).toEqual(['BatchGetItem', 'BatchGetItem', 'UpdateItem']);
  });

  test('leaves out the messages unless somebody else watches, and the participants of a direct chat', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    await send(anna, chatId);
    await send(anna, chatId);
    await watch(boris, chatId);
    const receivers = ['BatchGetItem', 'BatchGetItem', 'GetItem', 'Query'];
    expect(await reads(boris, chatId, 1)).toEqual([...receivers, 'UpdateItem']);
    await watch(anna, chatId);
    expect(await reads(boris, chatId, 2)).toEqual([...receivers, 'Query', 'UpdateItem']);
  });
});
