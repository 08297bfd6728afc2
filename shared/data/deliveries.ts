import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../settings.ts';
import { connectionKeys as keys } from './keys.ts';
import { db } from './table.ts';

const table = settings.connectionsTable();

/** Longer than Lambda holds on to an event that failed. Seconds. */
const lifetime = 60 * 60;

/** One page of a room's connections that is to have a message. */
export interface Page {
  chatId: string;
  seq: number;
  shard: number;
  /** The connection before the page's first; empty for the first of the shard. */
  after: string;
}

const keyOf = ({ chatId, seq, shard, after }: Page) => keys.delivered(chatId, seq, `${shard}#${after}`);

export async function isDelivered(page: Page): Promise<boolean> {
  const found = await db.send(new GetCommand({ TableName: table, Key: keyOf(page), ConsistentRead: true }));
  return found.Item !== undefined;
}

export async function markDelivered(page: Page): Promise<void> {
  const expiresAt = Math.floor(Date.now() / 1000) + lifetime;
  await db.send(new PutCommand({ TableName: table, Item: { ...keyOf(page), expiresAt } }));
}
