import { randomUUID } from 'node:crypto';
import { log } from '#shared/platform/log.ts';
import { settings } from '#shared/platform/settings.ts';
import { type Key, keys } from './keys.ts';
import { deleteIf, putIf } from './write.ts';

/** Slots limit how much work of a kind is under way at the same time. */

const table = settings.chatTable();

/** A slot that is held. The holder tells it apart from the same slot held by somebody else later. */
export interface Slot {
  key: Key;
  holder: string;
}

/**
 * Takes one of `count` slots for `what` of `who`; undefined if all are held. A slot that is not freed, because its function
 * died, is free again after `seconds`, which must be longer than a function runs.
 */
export async function takeSlot(what: string, who: string, count: number, seconds: number): Promise<Slot | undefined> {
  const holder = randomUUID();
  const now = Date.now();
  const heldUntil = now + seconds * 1000;
  for (let n = 1; n <= count; n++) {
    const key = keys.slot(what, who, n);
    const { refused, item } = await putIf({
      TableName: table,
      Item: { ...key, holder, heldUntil, expiresAt: Math.ceil(heldUntil / 1000) },
      ConditionExpression: 'attribute_not_exists(pk) OR heldUntil <= :now',
      ExpressionAttributeValues: { ':now': now },
    });
    // The SDK repeats a write whose answer was lost: then the slot is held by this very holder.
    if (!refused || item?.holder === holder) return { key, holder };
  }
  return undefined;
}

/** Never throws, because the work is done and the slot expires anyway. */
export async function freeSlot({ key, holder }: Slot): Promise<void> {
  try {
    await deleteIf({
      TableName: table,
      Key: key,
      ConditionExpression: 'holder = :holder',
      ExpressionAttributeValues: { ':holder': holder },
    });
  } catch (error) {
    log.warn('slot not freed', { slot: key.pk, error });
  }
}
