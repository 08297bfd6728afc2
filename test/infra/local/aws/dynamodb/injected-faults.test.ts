import {
  DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, expect, inject, test } from 'vitest';
import type { Fault } from '../../../../../infra/local/aws/chaos.ts';
import { startDynamodbProxy } from '../../../../../infra/local/aws/dynamodb/dynamodb-proxy.ts';
import { localAccess } from '../../../../../infra/local/aws/dynamodb/tables.ts';
import { Roles } from '../../../../../infra/local/aws/iam/roles.ts';
import { strike } from '../../../../support/chaos.ts';

/** What AWS's own client makes of the faults that `--chaos` puts into DynamoDB. */

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Calls DynamoDB in the role of a function that may write to the table, behind these faults. */
async function clientBehind(...faults: Fault[]): Promise<DynamoDBClient> {
  const actions = ['dynamodb:PutItem'];
  const writer = { id: 'Writer', name: 'writer', functionName: 'writer', retries: 0, file: '', environment: {} };
  const config = { ...writer, timeoutSeconds: 1, memoryMb: 128, statements: [{ actions, resources: ['*'] }] };
  const roles = new Roles([config]);
  const proxy = await startDynamodbProxy(inject('dynamodb'), roles, strike(...faults));
  const access = { ...localAccess(proxy.endpoint), credentials: roles.credentialsOf(config) };
  const client = new DynamoDBClient(access);
  closing.push(() => client.destroy(), proxy.close);
  return client;
}

const TableName = inject('chatTable');
const Item = { pk: { S: crypto.randomUUID() }, sk: { S: 'one' } };

test('a call is throttled, and the client repeats it', async () => {
  const client = await clientBehind('databaseThrottled');
  const { $metadata } = await client.send(new PutItemCommand({ TableName, Item }));
  expect($metadata).toMatchObject({ httpStatusCode: 200, attempts: 2 });
});

test('a write of one item conflicts with a transaction', async () => {
  const client = await clientBehind('writeConflict');
  const sent = client.send(new PutItemCommand({ TableName, Item }));
  await expect(sent).rejects.toBeInstanceOf(TransactionConflictException);
});

test('a transaction is cancelled with a reason for each of its items', async () => {
  const client = await clientBehind('writeConflict');
  const TransactItems = ['two', 'three'].map((sk) => ({ Put: { TableName, Item: { ...Item, sk: { S: sk } } } }));
  const error = await client.send(new TransactWriteItemsCommand({ TransactItems })).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TransactionCanceledException);
  expect(error).toMatchObject({ CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }] });
});
