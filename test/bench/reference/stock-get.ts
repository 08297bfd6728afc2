import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient());

/** The same get with the SDK's own client. */
export const get = (table: string): Promise<unknown> =>
  db.send(new GetCommand({ TableName: table, Key: { pk: 'USER#bench', sk: 'USER' }, ConsistentRead: true }));
