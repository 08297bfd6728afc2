import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from './client.ts';
import { keys } from './keys.ts';

const tables = [settings.chatTable(), settings.connectionsTable(), settings.controlTable()];

/** Throws if a table doesn't answer. */
export async function readAllTables(): Promise<void> {
  await Promise.all(tables.map((table) => db.send(new GetCommand({ TableName: table, Key: keys.health }))));
}
