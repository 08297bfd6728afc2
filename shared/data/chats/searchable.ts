import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { type Key, keys, seqIn } from '../keys.ts';
import type { StoredMessage } from './messages.ts';

/** Reading a chat's messages newest first, as a search does: in parallel, and only what is searched. */

const table = settings.chatTable();

/** What is searched of a message. */
export type Searchable = Pick<StoredMessage, 'seq' | 'content' | 'files'>;

/** Consecutive messages, in no particular order, and the lowest number that was read. */
export interface Stretch {
  messages: Searchable[];
  first: number;
}

const megabyte = 1024 * 1024;

/** What one search may read. It reads step by step, and begins a step only if that can't read more than is left. */
const maxNumbers = 10_000;
const maxBytes = 6 * megabyte;

/** The maximum of a query's answer. */
const maxPage = megabyte;
const concurrency = 4;

/** How many numbers there are in the first query, and at most in each of the others. */
const firstNumbers = 250;
const maxRange = 1000;

/**
 * The messages up to a number, newest first, without tombstones; with `userId` only this author's. Ends
 * at the first message, or after 10,000 numbers or 6 MB. Only the newest are read consistently, because that costs twice as
 * much: others may be in the state of a second ago.
 */
export async function* readBackwards(
  chatId: string,
  { last, userId }: { last: number; userId?: string | undefined },
): AsyncGenerator<Stretch> {
  const lowest = Math.max(1, last - maxNumbers + 1);
  let next = last;
  let bytesLeft = maxBytes;
  let step = { size: firstNumbers, count: 1 };
  while (next >= lowest && step.count > 0) {
    const ConsistentRead = next === last;
    const pages = await mapConcurrently(rangesBelow(next, lowest, step), concurrency, (range) =>
      readPage({ chatId, userId, ...range, ConsistentRead }),
    );
    const adjacent = untilHole(pages);
    const { first } = adjacent.at(-1) as Page;
    bytesLeft -= bytesOf(pages);
    step = nextStep((next - first + 1) / bytesOf(adjacent), bytesLeft);
    next = first - 1;
    yield { messages: adjacent.flatMap(({ messages }) => messages), first };
  }
}

interface Step {
  /** Numbers in each range. */
  size: number;
  /** Ranges that are read at the same time. */
  count: number;
}

/** Ranges that probably fill half a page each, so that few are cut off. */
const nextStep = (numbersPerByte: number, bytesLeft: number): Step => ({
  size: Math.max(1, Math.min(maxRange, Math.floor((numbersPerByte * maxPage) / 2))),
  count: Math.min(concurrency, Math.floor(bytesLeft / maxPage)),
});

interface Range {
  first: number;
  last: number;
}

/** Adjacent ranges from a number downwards. */
const rangesBelow = (last: number, lowest: number, { size, count }: Step): Range[] =>
  Array.from({ length: count }, (_, n) => last - n * size)
    .filter((end) => end >= lowest)
    .map((end) => ({ first: Math.max(lowest, end - size + 1), last: end }));

interface Page extends Stretch {
  bytes: number;
  /** Whether it ends before its range. */
  isCut: boolean;
}

const bytesOf = (pages: Page[]) => pages.reduce((sum, { bytes }) => sum + bytes, 0);

/** The pages up to the first one that is cut: behind it, messages are missing. */
function untilHole(pages: Page[]): Page[] {
  const cut = pages.findIndex(({ isCut }) => isCut);
  return cut < 0 ? pages : pages.slice(0, cut + 1);
}

interface PageQuery extends Range {
  chatId: string;
  userId?: string | undefined;
  ConsistentRead: boolean;
}

async function readPage({ chatId, first, last, userId, ConsistentRead }: PageQuery): Promise<Page> {
  const page: QueryCommandOutput = await db.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :log AND sk BETWEEN :first AND :last',
      FilterExpression: `attribute_not_exists(deletedAt)${userId === undefined ? '' : ' AND userId = :userId'}`,
      ProjectionExpression: 'seq, content, files',
      ExpressionAttributeValues: {
        ':log': keys.message(chatId, 0).pk,
        ':first': keys.message(chatId, first).sk,
        ':last': keys.message(chatId, last).sk,
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
    first: LastEvaluatedKey ? seqIn(LastEvaluatedKey as Key) : first,
    isCut: LastEvaluatedKey !== undefined,
    bytes: (ConsumedCapacity?.CapacityUnits ?? 0) * (ConsistentRead ? 4 : 8) * 1024,
  };
}
