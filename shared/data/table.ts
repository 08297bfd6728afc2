import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type BatchWriteCommandOutput,
  GetCommand,
  type NativeAttributeValue,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { inBatches, mapConcurrently } from '#shared/platform/lists.ts';
import { retry } from '#shared/platform/retry.ts';
import { db } from './client.ts';
import type { Key, KeyPrefix } from './keys.ts';

/** Reading and deleting items. All reads are strongly consistent. */

export type Item = Record<string, NativeAttributeValue>;

const maxReadBatch = 100;
const maxWriteBatch = 25;
/** Batches that are read or written at the same time. */
const concurrency = 8;
/** For what the SDK does not retry: unprocessed parts of batches and conflicting transactions. */
export const attempts = 5;
export const baseMs = 40;

/** A read of some attributes only. Their names are aliased, because DynamoDB reserves common words. */
const projection = (attributes: string[]) => ({
  ProjectionExpression: attributes.map((name) => `#${name}`).join(),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
});

export async function getItem<T>(table: string, key: Key, attributes?: string[]): Promise<T | undefined> {
  const some = attributes && projection(attributes);
  const found = await db.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true, ...some }));
  return found.Item as T | undefined;
}

/** The items of these keys in no particular order; missing items are left out. */
export async function getItems<T>(table: string, keys: Key[], attributes?: string[]): Promise<(Key & T)[]> {
  const some = attributes && projection(['pk', 'sk', ...attributes]);
  const found = await mapConcurrently(inBatches(keys, maxReadBatch), concurrency, (Keys) =>
    getBatch(table, { Keys, ConsistentRead: true, ...some }),
  );
  return found.flat() as (Key & T)[];
}

type Batch = NonNullable<BatchGetCommandInput['RequestItems']>[string];

async function getBatch(table: string, request: Batch): Promise<Item[]> {
  const items: Item[] = [];
  let left = request;
  await retry({ attempts, baseMs, shouldRetry: isLeftUndone }, async () => {
    const page: BatchGetCommandOutput = await db.send(new BatchGetCommand({ RequestItems: { [table]: left } }));
    items.push(...(page.Responses?.[table] ?? []));
    const unprocessed = page.UnprocessedKeys?.[table];
    if (!unprocessed?.Keys?.length) return;
    left = unprocessed;
    throw leftUndone();
  });
  return items;
}

const leftUndone = () =>
  Object.assign(new Error('DynamoDB left a part of a batch undone.'), {
    name: 'ThrottlingException',
    leftUndone: true,
  });

const isLeftUndone = (error: unknown): boolean => error instanceof Error && 'leftUndone' in error;

/** Deletes the items of these keys, where they exist. Not atomic. */
export async function deleteItems(table: string, keys: Key[]): Promise<void> {
  const requests = keys.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }));
  await mapConcurrently(inBatches(requests, maxWriteBatch), concurrency, (batch) => writeBatch(table, batch));
}

type WriteBatch = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

/** Puts and deletes at most 25 items. Not atomic. */
export async function writeBatch(table: string, requests: WriteBatch): Promise<void> {
  let left = requests;
  await retry({ attempts, baseMs, shouldRetry: isLeftUndone }, async () => {
    const { UnprocessedItems }: BatchWriteCommandOutput = await db.send(
      new BatchWriteCommand({ RequestItems: { [table]: left } }),
    );
    const unprocessed = UnprocessedItems?.[table];
    if (!unprocessed?.length) return;
    left = unprocessed;
    throw leftUndone();
  });
}

/** The items of a partition whose sort keys begin with the prefix, in the order of these: all, or the first `limit`. */
export function queryPrefix<T>(table: string, { pk, prefix }: KeyPrefix, limit?: number): Promise<(Key & T)[]> {
  const query = {
    TableName: table,
    KeyConditionExpression: prefix ? 'pk = :pk AND begins_with(sk, :prefix)' : 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk, ...(prefix && { ':prefix': prefix }) },
  };
  return queryItems<T>(query, limit);
}

/** A part of the items of a partition. */
export interface Page<T> {
  items: (Key & T)[];
  /** The sort key after which the next page begins; undefined on the last. */
  next: string | undefined;
}

/** The most items of a page. */
const pageSize = 100;

/** The items of a partition whose sort keys begin with the prefix, in the order of these, from one of them on. */
export async function queryPage<T>(
  table: string,
  { pk, prefix }: KeyPrefix,
  after: string | undefined,
  { newestFirst = false } = {},
): Promise<Page<T>> {
  const page: QueryCommandOutput = await db.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: prefix ? 'pk = :pk AND begins_with(sk, :prefix)' : 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk, ...(prefix && { ':prefix': prefix }) },
      ScanIndexForward: !newestFirst,
      Limit: pageSize,
      ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } satisfies Key }),
    }),
  );
  return { items: (page.Items ?? []) as (Key & T)[], next: page.LastEvaluatedKey?.sk as string | undefined };
}

/** All items of a query, or the first `limit`, page by page: a page has at most 1 MB. */
export async function queryItems<T>(query: QueryCommandInput, limit?: number): Promise<(Key & T)[]> {
  const items: Item[] = [];
  let next: Partial<QueryCommandInput> | undefined = {};
  while (next) {
    const left: Partial<QueryCommandInput> = limit === undefined ? {} : { Limit: limit - items.length };
    const page: QueryCommandOutput = await db.send(
      new QueryCommand({ ConsistentRead: true, ...query, ...next, ...left }),
    );
    items.push(...(page.Items ?? []));
    const { LastEvaluatedKey } = page;
    next = LastEvaluatedKey && items.length !== limit ? { ExclusiveStartKey: LastEvaluatedKey } : undefined;
  }
  return items as (Key & T)[];
}
