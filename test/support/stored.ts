import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { nextNumber } from '#shared/chats/messages/next-number.ts';
import { type StoredMessage, storeMessage } from '#shared/data/chats/messages.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { writeBatch } from '#shared/data/table.ts';
import { inBatches, mapConcurrently } from '#shared/platform/lists.ts';
import type { Person } from './people.ts';

/** Stores a message without the endpoint and its limits. */
export async function stored(
  { id: userId }: Pick<Person, 'id'>,
  chatId: string,
  more: Partial<StoredMessage> = {},
): Promise<StoredMessage> {
  const { seq, at } = await nextNumber(chatId, { userId });
  const message: StoredMessage = { chatId, userId, seq, createdAt: at, type: 'text', content: `${seq}`, ...more };
  await storeMessage(message);
  return message;
}

const table = process.env.CHAT_TABLE as string;

/** Takes so many of a chat's next numbers at once, and returns them. */
async function takeMany(chatId: string, what: 'seq' | 'rev', count: number): Promise<number[]> {
  const { Attributes } = await db.send(
    new UpdateCommand({
      TableName: table,
      Key: keys.chat(chatId),
      UpdateExpression: 'ADD #what :count',
      ExpressionAttributeNames: { '#what': what },
      ExpressionAttributeValues: { ':count': count },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return Array.from({ length: count }, (_, n) => Attributes?.[what] - count + 1 + n);
}

async function putAll(items: object[]): Promise<void> {
  const puts = items.map((Item) => ({ PutRequest: { Item } }));
  await mapConcurrently(inBatches(puts, 25), 8, (batch) => writeBatch(table, batch));
}

/** Stores many messages at once; the text of each is its number, or what `contentOf` says; `undefined` leaves a gap. */
export async function storedMany(
  { id: userId }: Pick<Person, 'id'>,
  chatId: string,
  count: number,
  contentOf: (seq: number) => string | undefined = String,
): Promise<void> {
  const createdAt = new Date().toISOString();
  const seqs = await takeMany(chatId, 'seq', count);
  const message = { chatId, userId, createdAt, type: 'text' };
  const texts = seqs.map((seq) => ({ seq, content: contentOf(seq) })).filter(({ content }) => content !== undefined);
  await putAll(texts.map((text) => ({ ...keys.message(chatId, text.seq), ...message, ...text })));
}

/** Takes a chat's next change numbers and stores an entry for each of these messages, made so many milliseconds ago. */
export async function logged(chatId: string, seqs: number[], age = 0): Promise<void> {
  const at = new Date(Date.now() - age).toISOString();
  const revs = await takeMany(chatId, 'rev', seqs.length);
  const entry = { kind: 'edit', by: 'somebody', at };
  await putAll(seqs.map((seq, n) => ({ ...keys.change(chatId, revs[n] as number), ...entry, rev: revs[n], seq })));
}
