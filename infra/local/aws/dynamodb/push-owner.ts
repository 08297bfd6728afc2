import { hash } from 'node:crypto';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { keys } from '#shared/data/keys.ts';
import { localAccess } from './tables.ts';

/** The user whose device has the token now. Undefined if no device has it. */
export async function ownerOfToken(endpoint: string, table: string, token: string): Promise<string | undefined> {
  const client = new DynamoDBClient(localAccess(endpoint));
  try {
    const { pk, sk } = keys.pushToken(hash('sha256', token));
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } } }));
    return Item?.userId?.S;
  } finally {
    client.destroy();
  }
}
