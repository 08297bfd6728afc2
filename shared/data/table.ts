import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type NativeAttributeValue,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { db } from './client.ts';
import type { Key } from './keys.ts';

type Item = Record<string, NativeAttributeValue>;

const batchLimit = 100;
const writeBatchLimit = 25;
const attempts = 5;

/** Waits after attempt 1, 2, ... has failed: exponential backoff with full jitter. */
const backoff = (attempt: number) => sleep(Math.random() * 20 * 2 ** attempt);

/** The items of these keys, strongly consistent, in no particular order; missing items are left out. */
export async function getItems<T extends Item>(
  table: string,
  keys: Key[],
  attributes?: string[],
): Promise<(Key & T)[]> {
  const projection = attributes && {
    ProjectionExpression: ['pk', 'sk', ...attributes].map((name) => `#${name}`).join(),
    ExpressionAttributeNames: Object.fromEntries(['pk', 'sk', ...attributes].map((name) => [`#${name}`, name])),
  };
  const found = await Promise.all(
    inBatches(keys, batchLimit).map((batch) => getBatch(table, { Keys: batch, ConsistentRead: true, ...projection })),
  );
  return found.flat() as (Key & T)[];
}

export const inBatches = <T>(all: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));

type Batch = NonNullable<BatchGetCommandInput['RequestItems']>[string];

async function getBatch(table: string, request: Batch): Promise<Item[]> {
  const items: Item[] = [];
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const page = await db.send(new BatchGetCommand({ RequestItems: { [table]: request } }));
    items.push(...(page.Responses?.[table] ?? []));
    const left = page.UnprocessedKeys?.[table];
    if (!left?.Keys?.length) return items;
    request = left;
    await backoff(attempt);
  }
  throw leftUndone();
}

const leftUndone = () =>
  Object.assign(new Error('DynamoDB left a part of a batch undone.'), { name: 'ThrottlingException' });

/** Deletes the items of these keys, where they exist. Not atomic. */
export async function deleteItems(table: string, keys: Key[]): Promise<void> {
  const requests = keys.map((Key) => ({ DeleteRequest: { Key } }));
  await Promise.all(inBatches(requests, writeBatchLimit).map((batch) => writeBatch(table, batch)));
}

type WriteBatch = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

async function writeBatch(table: string, requests: WriteBatch): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { UnprocessedItems } = await db.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
    const left = UnprocessedItems?.[table];
    if (!left?.length) return;
    requests = left;
    await backoff(attempt);
  }
  throw leftUndone();
}

/** All items of a query, or the first `limit`, page by page: a page is 1 MB at most. */
export async function queryItems<T extends Item>(query: QueryCommandInput, limit?: number): Promise<(Key & T)[]> {
  const items: Item[] = [];
  let next: Partial<QueryCommandInput> | undefined = {};
  while (next) {
    const left: Partial<QueryCommandInput> = limit === undefined ? {} : { Limit: limit - items.length };
    const page: QueryCommandOutput = await db.send(new QueryCommand({ ...query, ...next, ...left }));
    items.push(...(page.Items ?? []));
    const { LastEvaluatedKey } = page;
    next = LastEvaluatedKey && items.length !== limit ? { ExclusiveStartKey: LastEvaluatedKey } : undefined;
  }
  return items as (Key & T)[];
}

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * Writes all or nothing. Returns the index of the first write whose condition failed, undefined if all were written.
 * Retries a transaction that conflicted with another one.
 */
export async function writeTogether(writes: Write[]): Promise<number | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      await db.send(new TransactWriteCommand({ TransactItems: writes }));
      return undefined;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
      const refused = codes.indexOf('ConditionalCheckFailed');
      if (refused >= 0) return refused;
      if (!codes.includes('TransactionConflict') || attempt === attempts) throw asAway(error, codes);
      await backoff(attempt);
    }
  }
}

/** Conflicts and throttling that outlast the retries count as unavailable; any other reason is our own fault. */
function asAway(error: Error, codes: (string | undefined)[]): Error {
  const ours = codes.some((code) => code === 'ValidationError' || code === 'ItemCollectionSizeLimitExceeded');
  return ours ? error : Object.assign(error, { name: 'TransactionConflictException' });
}
