import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { db } from '#shared/data/client.ts';

/** The get that `npm run bench` measures, bundled as the functions are. */
export const get = (table: string): Promise<unknown> =>
  db.send(new GetCommand({ TableName: table, Key: { pk: 'USER#bench', sk: 'USER' }, ConsistentRead: true }));
