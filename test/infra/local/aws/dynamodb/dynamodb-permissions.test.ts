import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, expect, inject, test } from 'vitest';
import { tableArn } from '../../../../../infra/local/aws/cloudformation/arns.ts';
import { startDynamodbProxy } from '../../../../../infra/local/aws/dynamodb/dynamodb-proxy.ts';
import { localAccess } from '../../../../../infra/local/aws/dynamodb/tables.ts';
import { Roles } from '../../../../../infra/local/aws/iam/roles.ts';
import { ownTables } from '../../../../support/own-tables.ts';
import { createControlTable } from '../../../../support/token-key.ts';

/** What a role needs to call DynamoDB. */

const [TableName, otherTable] = [inject('chatTable'), inject('connectionsTable')];
const Key = { pk: { S: crypto.randomUUID() }, sk: { S: 'one' } };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Calls DynamoDB in the role of a function with these actions on the Chat table. */
const clientWith = (...actions: string[]) => clientOf(inject('dynamodb'), actions);

async function clientOf(endpoint: string, actions: string[]): Promise<DynamoDBClient> {
  const names = { id: 'Caller', name: 'caller', functionName: 'caller', retries: 0, file: '', environment: {} };
  const statements = [{ actions: actions.map((action) => `dynamodb:${action}`), resources: [tableArn(TableName)] }];
  const config = { ...names, timeoutSeconds: 1, memoryMb: 128, statements };
  const roles = new Roles([config]);
  const proxy = await startDynamodbProxy(endpoint, roles);
  const client = new DynamoDBClient({ ...localAccess(proxy.endpoint), credentials: roles.credentialsOf(config) });
  closing.push(() => client.destroy(), proxy.close);
  return client;
}
const denied = (action: string, table = TableName) => ({
  name: 'AccessDeniedException',
  message: `User: caller is not authorized to perform: dynamodb:${action} on resource: ${tableArn(table)}`,
});

test('a call needs its action on the table', async () => {
  const client = await clientWith('GetItem');
  await client.send(new GetItemCommand({ TableName, Key }));
  await expect(client.send(new PutItemCommand({ TableName, Item: Key }))).rejects.toMatchObject(denied('PutItem'));
  const elsewhere = client.send(new GetItemCommand({ TableName: otherTable, Key }));
  await expect(elsewhere).rejects.toMatchObject(denied('GetItem', otherTable));
});

test('a batch needs its own action on each table', async () => {
  const client = await clientWith('GetItem', 'BatchGetItem');
  const keys = { Keys: [Key] };
  await client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: keys } }));
  const both = client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: keys, [otherTable]: keys } }));
  await expect(both).rejects.toMatchObject(denied('BatchGetItem', otherTable));
});

test('a transaction needs the action of each of its items', async () => {
  const check = { ConditionCheck: { TableName, Key, ConditionExpression: 'attribute_not_exists(pk)' } };
  const put = { Put: { TableName, Item: { ...Key, sk: { S: 'two' } } } };
  const transaction = new TransactWriteItemsCommand({ TransactItems: [put, check] });
  const writer = await clientWith('PutItem', 'TransactWriteItems');
  await expect(writer.send(transaction)).rejects.toMatchObject(denied('ConditionCheckItem'));
  await (await clientWith('PutItem', 'ConditionCheckItem')).send(transaction);
});

test('a user name in the URL of the database chooses tables of its own', async () => {
  const endpoint = ownTables();
  const client = await clientOf(endpoint, ['GetItem']);
  const get = () => client.send(new GetItemCommand({ TableName, Key }));
  await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await createControlTable(endpoint, TableName);
  expect((await get()).Item).toBeUndefined();
});
