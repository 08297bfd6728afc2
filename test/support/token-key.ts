import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { controlKeys } from '#shared/data/keys.ts';
import { makePrivateKey, publicPart } from '#shared/tokens/signing-key.ts';
import { localAccess } from '../../infra/local/aws/dynamodb/tables.ts';
import type { Secrets } from '../../infra/local/aws/services/secrets.ts';

interface Place {
  /** Id of the secret. */
  secret: string;
  /** URL of DynamoDB. */
  dynamodb: string;
  /** Names of Control tables. */
  tables: string[];
}

/** Does what the first rotation does, for functions that run without one. Gives the private key. */
export async function addTokenKey(secrets: Secrets, { secret, dynamodb, tables }: Place) {
  const key = await makePrivateKey();
  secrets.set(secret, JSON.stringify(key));
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(localAccess(dynamodb)));
  const Item = { ...controlKeys.publicKey(key.kid), jwk: publicPart(key) };
  for (const TableName of tables) await client.send(new PutCommand({ TableName, Item }));
  client.destroy();
  return key;
}

/** A Control table for one test file, because its content changes what every function does. */
export async function createControlTable(dynamodb: string, name: string): Promise<void> {
  const client = new DynamoDBClient(localAccess(dynamodb));
  const parts = [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ] as const;
  const AttributeDefinitions = parts.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' }) as const);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      AttributeDefinitions,
      KeySchema: [...parts],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  client.destroy();
}
