import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { nextNumber } from '#shared/chats/messages/next-number.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { messagePut } from '#shared/data/chats/messages.ts';
import { writeTogether } from '#shared/data/write.ts';
import { call } from '../../support/call.ts';
import { countOperations } from '../../support/count-operations.ts';
import { takeFileEvents, uploaded } from '../../support/files.ts';
import { newGroup, newPerson } from '../../support/people.ts';
import { s3 } from '../../support/stand-ins/s3.ts';

const hmacs = vi.hoisted(() => ({ count: 0 }));
vi.mock('node:crypto', async (importOriginal) => {
  const crypto = await importOriginal<typeof import('node:crypto')>();
  const createHmac: typeof crypto.createHmac = (...given) => {
    hmacs.count++;
    return crypto.createHmac(...given);
  };
  return { ...crypto, createHmac };
});

test('a message with ten files: one operation more, a part of a transaction for each file, and two requests to S3', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  const send = async (body: object) => {
    const { status } = await call(sendMessage, anna, { params: { chatId }, body });
    expect(status).toBe(200);
  };
  const clientIds = [randomUUID(), randomUUID()];
  const fileIds = await Promise.all(Array.from({ length: 10 }, () => uploaded(anna)));
  takeFileEvents();
  const before = await countOperations(() => send({ content: 'Hi', clientId: clientIds[0] }));
  s3.requests.length = 0;
  const counted = await countOperations(() => send({ fileIds, clientId: clientIds[1] }));
  expect(counted.operations).toEqual([...before.operations, 'BatchGetItem'].sort());
  expect(s3.requests.map((request) => request.split('/')[0]).sort()).toEqual([
    ...Array(10).fill('GET uploads'),
    ...Array(10).fill('PUT chats'),
  ]);
  expect(takeFileEvents()).toHaveLength(1);
});

test('a page of 100 messages with ten files each costs one signature', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  const file = (n: number) =>
    ({ id: `file-${n}`, name: 'a.jpg', mimeType: 'image/jpeg', size: 1, thumbnailSize: 1 }) as const;
  const files = Array.from({ length: 10 }, (_, n) => file(n));
  for (let n = 0; n < 100; n++) {
    const { seq, at } = await nextNumber(chatId, { userId: anna.id });
    await writeTogether([messagePut({ chatId, userId: anna.id, seq, createdAt: at, type: 'text', files })]);
  }
  const read = () => call(listMessages, anna, { params: { chatId }, query: { limit: '100' } });
  // Only the signatures of the requests to DynamoDB, which are as many each time.
  await read();
  hmacs.count = 0;
  await read();
  const others = hmacs.count;
  vi.useFakeTimers({ toFake: ['Date'] }).setSystemTime(Date.now() + 20 * 60_000);
  hmacs.count = 0;
  const { body } = await read();
  vi.useRealTimers();
  expect(body.messages.flatMap((message: { attachments: object[] }) => message.attachments)).toHaveLength(1000);
  expect(hmacs.count).toBe(others);
});
