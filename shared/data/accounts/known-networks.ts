import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { log } from '#shared/platform/log.ts';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { keys } from '../keys.ts';
import { getItem } from '../table.ts';
import { nowInSeconds } from '../write.ts';

/** The networks (/24, /48) that a user has used lately. What strangers do elsewhere to an account's limits has no effect there. */

const table = settings.chatTable();

/** Seconds. */
const lifetime = {
  /** How long a network stays known after its last use. */
  all: 90 * 24 * 60 * 60,
  /** When less than this is left, a use renews it. */
  renewed: 60 * 24 * 60 * 60,
};

const secondsLeft = async (userId: string, network: string): Promise<number> => {
  const known = await getItem<{ expiresAt: number }>(table, keys.knownNetwork(userId, network));
  return (known?.expiresAt ?? 0) - nowInSeconds();
};

/** Returns true if the user has used the network lately, and false without a user. */
export const isKnownNetwork = async (userId: string | undefined, network: string): Promise<boolean> =>
  (await secondsLeft(userId ?? 'nobody', network)) > 0;

/** Never throws, because the user is in already. */
export async function rememberNetwork(userId: string, network: string): Promise<void> {
  try {
    if ((await secondsLeft(userId, network)) > lifetime.renewed) return;
    const Item = { ...keys.knownNetwork(userId, network), expiresAt: nowInSeconds() + lifetime.all };
    await db.send(new PutCommand({ TableName: table, Item }));
  } catch (error) {
    log.warn('network not remembered', { error });
  }
}
