import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { keys, seqIn } from '../keys.ts';
import type { StoredMessage } from './messages.ts';

/** Reading a chat's messages newest first, as a search does: in parallel, and only what is searched. */

const table = settings.chatTable();

/** What is searched of a message. */
export type Searchable = Pick<StoredMessage, 'seq' | 'content' | 'files'>;

/** Consecutive messages, in no particular order. */
export interface Stretch {
  messages: Searchable[];
  /** The lowest number that was read. */
  first: number;
}

const megabyte = 1024 * 1024;
/** A query returns at most one. */
const pageBytes = megabyte;

/** What one search may read. It is read in steps, and a step begins only if it can't read more than is left. */
const maxNumbers = 10_000;
const maxBytes = 6 * megabyte;
const concurrency = 4;

/** Numbers in the first query, and at most in each of the others. */
const firstNumbers = 250;
const maxQueryNumbers = 1000;

interface Query {
  chatId: string;
  first: number;
  last: number;
  userId?: string | undefined;
  ConsistentRead: boolean;
}

/**
 * The messages up to a number, newest first, without tombstones and system messages; with `userId` only this author's. Ends
 * at the first message, or after 10,000 numbers or 6 MB. Only the newest are read consistently, which costs twice as much:
 * a message that has changed within the last second may be missing or in its former state.
 */
export async function* readBackwards(
  chatId: string,
  { last, userId }: { last: number; userId?: string | undefined },
): AsyncGenerator<Stretch> {
  const lowest = Math.max(1, last - maxNumbers + 1);
  let bytesLeft = maxBytes;
  let next = last;
  let size = firstNumbers;
  let count = 1;
  while (next >= lowest && count > 0) {
    const queries = rangesBelow(next, { lowest, size, count });
    const pages = await mapConcurrently(queries, concurrency, (range) =>
      readPage({ chatId, ...range, userId, ConsistentRead: next === last }),
    );
    for (const { bytes } of pages) bytesLeft -= bytes;
    // Behind a page that ended before its range, the others would leave a hole.
    const cutAt = pages.findIndex(({ first }, n) => first > (queries[n]?.first ?? 0));
    const whole = cutAt < 0 ? pages : pages.slice(0, cutAt + 1);
    const first = whole.at(-1)?.first ?? next;
    const bytes = whole.reduce((sum, page) => sum + page.bytes, 0);
    const numbers = next - first + 1;
    size = Math.max(1, Math.min(maxQueryNumbers, Math.floor((numbers * pageBytes) / (2 * bytes))));
    count = Math.min(concurrency, Math.floor(bytesLeft / pageBytes));
    next = first - 1;
    yield { messages: whole.flatMap(({ messages }) => messages), first };
  }
}

/** Adjacent ranges of `size` numbers, from a number downwards. */
function rangesBelow(last: number, { lowest, size, count }: { lowest: number; size: number; count: number }) {
  return Array.from({ length: count }, (_, n) => last - n * size)
    .filter((end) => end >= lowest)
    .map((end) => ({ first: Math.max(lowest, end - size + 1), last: end }));
}

async function readPage({ chatId, first, last, userId, ConsistentRead }: Query): Promise<Stretch & { bytes: number }> {
  const page: QueryCommandOutput = await db.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :log AND sk BETWEEN :first AND :last',
      FilterExpression: `attribute_not_exists(deletedAt) AND #type <> :system${userId === undefined ? '' : ' AND userId = :userId'}`,
      ProjectionExpression: 'seq, content, files',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ':log': keys.message(chatId, 0).pk,
        ':first': keys.message(chatId, first).sk,
        ':last': keys.message(chatId, last).sk,
        ':system': 'system',
        ...(userId !== undefined && { ':userId': userId }),
      },
      ScanIndexForward: false,
      ConsistentRead,
      ReturnConsumedCapacity: 'TOTAL',
    }),
  );
  const { LastEvaluatedKey, ConsumedCapacity } = page;
  return {
    messages: (page.Items ?? []) as Searchable[],
    first: LastEvaluatedKey ? seqIn(LastEvaluatedKey as { pk: string; sk: string }) : first,
    bytes: (ConsumedCapacity?.CapacityUnits ?? 0) * (ConsistentRead ? 4096 : 8192),
  };
}
