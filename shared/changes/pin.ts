import { requireMayPin } from '#shared/chats/access.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import * as pins from '#shared/data/changes/pins.ts';
import type { Updated } from '#shared/data/changes/update-message.ts';
import { Problem } from '#shared/platform/problem.ts';
import { type Before, type Changing, changeMessage, type Plan } from './change-message.ts';

/** Pins a message. Throws what `changeMessage` throws, `role_too_low`, `message_deleted` and `too_many_pins`. */
export const pinMessage = (changing: Changing): Promise<Message> =>
  changeMessage('pin', changing, (before) =>
    planPin(before, true, (rev) => requireRoom(pins.pinMessage(before.message, rev))),
  );

/** Unpins a message. Throws what `changeMessage` throws, `role_too_low` and `message_deleted`. */
export const unpinMessage = (changing: Changing): Promise<Message> =>
  changeMessage('unpin', changing, (before) => planPin(before, false, (rev) => pins.unpinMessage(before.message, rev)));

function planPin(
  { message, membership, rev: ownRev }: Before,
  isPinned: boolean,
  apply: Plan['apply'],
): Plan | undefined {
  requireMayPin(membership);
  if (message.deletedAt !== undefined) throw new Problem('message_deleted');
  // Made already, perhaps by this request itself, or undone by a later one.
  if (ownRev !== undefined && (message.pinRev ?? 0) >= ownRev) return undefined;
  return (message.pinnedAt !== undefined) === isPinned ? undefined : { apply };
}

async function requireRoom(pinned: Promise<Updated | 'too many pins'>): Promise<Updated> {
  const result = await pinned;
  if (result === 'too many pins') throw new Problem('too_many_pins');
  return result;
}
