import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { nextNumber } from '#shared/chats/next-number.ts';
import type { Change } from '#shared/data/changes/log.ts';
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

/** Takes a chat's next change numbers and stores an entry for each of these messages, made so many milliseconds ago. */
export async function logged(chatId: string, seqs: number[], age = 0): Promise<void> {
  const taken = await db.send(
    new UpdateCommand({
      TableName: process.env.CHAT_TABLE,
      Key: keys.chat(chatId),
      UpdateExpression: 'ADD rev :count',
      ExpressionAttributeValues: { ':count': seqs.length },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  const first = taken.Attributes?.rev - seqs.length + 1;
  const at = new Date(Date.now() - age).toISOString();
  const entries = seqs.map((seq, n): Change => ({ rev: first + n, seq, kind: 'edit', by: 'somebody', at }));
  const puts = entries.map((entry) => ({ PutRequest: { Item: { ...keys.change(chatId, entry.rev), ...entry } } }));
  await mapConcurrently(inBatches(puts, 25), 8, (batch) => writeBatch(process.env.CHAT_TABLE as string, batch));
}
