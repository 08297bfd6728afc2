import { createHash } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { keys } from '../keys.ts';
import { getItem } from '../table.ts';
import { nowInSeconds } from '../write.ts';

/**
 * The networks from which somebody has logged in with an email or phone. What strangers do elsewhere to an account's
 * limits does not affect its owner there.
 */

const table = settings.chatTable();

/** How long a network stays known after the last login from it, seconds. */
const lifetime = 90 * 24 * 60 * 60;

/** Only a hash of the two is stored. */
const keyOf = (login: string, network: string) =>
  keys.knownNetwork(createHash('sha256').update(`${login}#${network}`).digest('base64url'));

export async function isKnownNetwork(login: string, network: string): Promise<boolean> {
  const known = await getItem<{ expiresAt: number }>(table, keyOf(login, network));
  return known !== undefined && known.expiresAt > nowInSeconds();
}

export async function rememberNetwork(login: string, network: string): Promise<void> {
  const Item = { ...keyOf(login, network), expiresAt: nowInSeconds() + lifetime };
  await db.send(new PutCommand({ TableName: table, Item }));
}
