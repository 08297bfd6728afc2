import { randomUUID } from 'node:crypto';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { db } from '#shared/data/client.ts';
import { type Key, keys } from '#shared/data/keys.ts';
import { getItem } from '#shared/data/table.ts';

/** As if a minute had passed since the phone asked for a code: it may ask again. */
export async function forgetLastMinute(phone: string): Promise<void> {
  const Key = keys.limit('auth/send-code:phone:60', phone);
  await db.send(new DeleteCommand({ TableName: process.env.CHAT_TABLE, Key }));
}

type Budget = 'user' | 'chat' | 'stack';

/** The tokens that are counted today, used or reserved. */
export async function tokensOf(per: Budget, who: string): Promise<number> {
  const item = await getItem<{ used: number }>(
    process.env.CHAT_TABLE as string,
    keys.limit(`assistant tokens:${per}`, who),
  );
  return item?.used ?? 0;
}

/** As if all but so many tokens had been used today. */
export async function leaveTokens(per: Budget, who: string, left: number): Promise<void> {
  const budget = Number(process.env[`ASSISTANT_${per.toUpperCase()}_TOKENS`]);
  const windowEnd = Date.now() + 24 * 3600 * 1000;
  const Item = { ...keys.limit(`assistant tokens:${per}`, who), used: budget - left, windowEnd };
  await db.send(new PutCommand({ TableName: process.env.CHAT_TABLE, Item }));
}

/** Until `countTogether`, counts for the whole stack on another item: other tests count on the stack's own at the same time. */
export function countApart(): void {
  const suffix = randomUUID();
  db.middlewareStack.add(
    (next) => (args) => {
      const { Key } = args.input as { Key?: Key };
      if (Key?.pk.includes(':stack:') && !Key.pk.endsWith(suffix)) Key.pk += suffix;
      return next(args);
    },
    { step: 'initialize', name: 'own counter' },
  );
}

export function countTogether(): void {
  db.middlewareStack.remove('own counter');
}
