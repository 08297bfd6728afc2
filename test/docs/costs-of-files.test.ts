import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { db } from '#shared/data/client.ts';
import { call } from '../support/call.ts';
import { countCharged } from '../support/count-operations.ts';
import { announce, deleteFiles, jpeg, put, takeFileEvents } from '../support/files.ts';
import { newGroup, newPerson } from '../support/people.ts';
import { s3 } from '../support/stand-ins/s3.ts';

/** What docs/costs.md says that a picture costs: the operations are counted. */

const page = readFileSync(join(import.meta.dirname, '../../docs/costs.md'), 'utf8');
const [, section = ''] = page.split('\n## Files\n');

/** The amount, in millions, of a row in the first table (without a thumbnail) or the second. */
function amountOf(row: string, table: 0 | 1): number {
  const [, amount] = [...section.matchAll(new RegExp(`^\\| ${row}[^|]*\\| ([\\d,]+) million`, 'gm'))][table] ?? [];
  return Number(amount);
}

/** How many items a transaction of the action writes. */
async function countItems(action: () => Promise<unknown>): Promise<number> {
  let items = 0;
  db.middlewareStack.add(
    (next) => (args) => {
      if ('TransactItems' in args.input) items += args.input.TransactItems?.length ?? 0;
      return next(args);
    },
    { step: 'initialize', name: 'items' },
  );
  await action().finally(() => db.middlewareStack.remove('items'));
  return items;
}

async function groupOfTen() {
  const [anna, ...others] = await Promise.all(Array.from({ length: 10 }, () => newPerson()));
  if (!anna) throw new Error('There is nobody.');
  const { id: chatId } = await newGroup(anna, ...others);
  takeFileEvents();
  return {
    anna,
    send: (body: object) =>
      call(sendMessage, anna, { params: { chatId }, body: { clientId: 'c', content: 'Sea', ...body } }),
  };
}

test.each([
  ['without a thumbnail', undefined, 0],
  ['with a thumbnail', { size: 50, width: 4, height: 3 }, 1],
] as const)('a picture %s costs what is counted', async (_what, thumbnail, table) => {
  const without = await groupOfTen();
  const plain = await countCharged(() => without.send({}));
  const { anna, send } = await groupOfTen();
  s3.requests.length = 0;
  let announced: Awaited<ReturnType<typeof announce>>;
  const announcing = await countCharged(async () => {
    announced = await announce(anna, {
      width: 1600,
      height: 1200,
      blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj',
      thumbnail,
    });
  });
  await put(announced.upload, jpeg());
  if (thumbnail) await put(announced.thumbnailUpload, jpeg(thumbnail.size));
  let sending = { reads: 0, writes: 0 };
  const items = await countItems(async () => {
    sending = await countCharged(() => send({ fileIds: [announced.file.id] }));
  });
  const events = takeFileEvents();
  expect(events).toHaveLength(1);
  const working = await countCharged(() => deleteFiles(events));

  // The message, its clientId and the file, each twice. DynamoDB Local does not count the last one.
  expect(items).toBe(3);
  expect(announcing.writes + 2).toBe(amountOf('DynamoDB, writes', table));
  expect(sending.reads - plain.reads + working.reads).toBe(amountOf('DynamoDB, reads', table));
  const counted = (method: string) => s3.requests.filter((request) => request.startsWith(`${method} `)).length;
  expect(counted('PUT')).toBe(amountOf('S3, writes', table));
  // The edge reads each object once more.
  expect(counted('GET') + (thumbnail ? 2 : 1)).toBe(amountOf('S3, reads', table));
  expect(counted('DELETE')).toBe(0);
});
