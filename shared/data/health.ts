import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from './client.ts';

const tables = [settings.chatTable(), settings.connectionsTable()];

/** Throws if a table doesn't answer. No item has this key: only the answer matters. */
export async function readBothTables(): Promise<void> {
  await Promise.all(
    tables.map((table) => db.send(new GetCommand({ TableName: table, Key: { pk: 'HEALTH', sk: 'HEALTH' } }))),
  );
}
