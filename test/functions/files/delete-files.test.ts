import { afterEach, expect, test } from 'vitest';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { getMessage } from '#shared/data/chats/messages.ts';
import type { FileEvent } from '#shared/files/erasure.ts';
import { call } from '../../support/call.ts';
import { remove } from '../../support/changes.ts';
import { deleteFiles, takeFileEvents, uploaded } from '../../support/files.ts';
import { interceptNext } from '../../support/intercept-next.ts';
import { newGroup, newPerson, type Person, password } from '../../support/people.ts';
import { aws } from '../../support/stand-ins/aws.ts';
import { s3 } from '../../support/stand-ins/s3.ts';

afterEach(() => {
  takeFileEvents();
  s3.recover();
});

async function newChat() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id: chatId } = await newGroup(anna, boris);
  return { anna, boris, chatId };
}

const thumbnail = { size: 50, width: 4, height: 3 };

/** Sends a photo with a thumbnail. */
const send = async (person: Person, chatId: string, more: object = {}) =>
  call(sendMessage, person, {
    params: { chatId },
    body: { fileIds: [await uploaded(person, { thumbnail })], ...more },
  });

const keptIn = (chatId: string) => s3.keys(`chats/${chatId}/`);

test('a message that was stored keeps its files, whenever the worker looks', async () => {
  const { anna, chatId } = await newChat();
  await send(anna, chatId);
  await deleteFiles();
  expect(await keptIn(chatId)).toHaveLength(2);
});

test('a message that was not stored leaves nothing', async () => {
  const { anna, chatId } = await newChat();
  interceptNext('TransactWriteItems', () => Promise.reject(new Error('Killed')));
  expect((await send(anna, chatId)).status).toBe(500);
  expect(await keptIn(chatId)).toHaveLength(2);
  await deleteFiles();
  expect(await keptIn(chatId)).toEqual([]);
});

test('copies that broke off leave nothing', async () => {
  const { anna, chatId } = await newChat();
  s3.failNext(503, { times: 3, of: /^PUT chats.*thumbnail$/ });
  expect((await send(anna, chatId)).status).toBe(503);
  await deleteFiles();
  expect(await keptIn(chatId)).toEqual([]);
});

test('without the queue nothing is copied, and nothing is sent', async () => {
  const { anna, chatId } = await newChat();
  const fileIds = [await uploaded(anna)];
  aws.fail(500);
  const { status } = await call(sendMessage, anna, { params: { chatId }, body: { fileIds } });
  aws.fail(undefined);
  expect(status).toBeGreaterThanOrEqual(500);
  expect(await keptIn(chatId)).toEqual([]);
});

test('deleting a message deletes its files, and no others', async () => {
  const { anna, chatId } = await newChat();
  const [{ body }] = [await send(anna, chatId), await send(anna, chatId)];
  await deleteFiles();
  await remove(anna, body.message);
  expect(await keptIn(chatId)).toHaveLength(4);
  await deleteFiles();
  const left = await keptIn(chatId);
  expect(left).toHaveLength(2);
  expect(left.some((key) => key.startsWith(`chats/${chatId}/${body.message.seq}/`))).toBe(false);
});

test('a deletion that fails keeps the files, and without the queue there is none', async () => {
  const { anna, chatId } = await newChat();
  const { body } = await send(anna, chatId);
  takeFileEvents();
  aws.fail(500);
  const refused = await remove(anna, body.message);
  aws.fail(undefined);
  expect(refused.status).toBeGreaterThanOrEqual(500);
  expect((await getMessage(chatId, body.message.seq))?.deletedAt).toBeUndefined();
  // The log of changes, which comes before the tombstone and after the event.
  interceptNext('BatchWriteItem', () => Promise.reject(new Error('Killed')));
  expect((await remove(anna, body.message)).status).toBe(500);
  expect(takeFileEvents().length).toBe(1);
  expect(await deleteFiles([{ chatId, seq: body.message.seq, fileIds: [body.message.attachments[0].id] }])).toBe(0);
  expect(await keptIn(chatId)).toHaveLength(2);
});

test('an event may come twice, and one on which S3 fails comes again', async () => {
  const { anna, chatId } = await newChat();
  const { body } = await send(anna, chatId);
  takeFileEvents();
  await remove(anna, body.message);
  const events = takeFileEvents();
  s3.failNext(503, { times: 6, of: /^DELETE/ });
  expect(await deleteFiles(events)).toBe(1);
  expect(await deleteFiles(events)).toBe(0);
  expect(await deleteFiles(events)).toBe(0);
  expect(await keptIn(chatId)).toEqual([]);
});

test('the last one who leaves a group takes all its files along', async () => {
  const { anna, boris, chatId } = await newChat();
  await send(anna, chatId);
  await send(boris, chatId);
  const closing = (event: Partial<Extract<FileEvent, { closedChatId: string }>>) => event.closedChatId === chatId;
  await call(leaveChat, boris, { params: { chatId } });
  expect(takeFileEvents(closing)).toEqual([]);
  await call(leaveChat, anna, { params: { chatId } });
  const events = takeFileEvents(closing);
  expect(events).toHaveLength(1);
  await deleteFiles(events);
  expect(await keptIn(chatId)).toEqual([]);
});

test('a chat that was not closed in the end keeps its files', async () => {
  const { anna, chatId } = await newChat();
  await send(anna, chatId);
  await deleteFiles([{ closedChatId: chatId }]);
  expect(await keptIn(chatId)).toHaveLength(2);
});

test('the files of a deleted account stay with its messages', async () => {
  const { anna, boris, chatId } = await newChat();
  await send(boris, chatId);
  await call(deleteMe, boris, { body: { password } });
  await deleteFiles();
  expect((await getMessage(chatId, 2))?.files).toHaveLength(1);
  expect(await keptIn(chatId)).toHaveLength(2);
  expect(anna.id).toBeTruthy();
});
