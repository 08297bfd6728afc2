import { inBatches } from '#shared/platform/lists.ts';
import { settings } from '#shared/platform/settings.ts';
import type { StoredMessage } from '../chats/messages.ts';
import { keys } from '../keys.ts';
import { updateIf } from '../write.ts';
import { forgetPin, unpinWith } from './pins.ts';
import { type MessageUpdate, type Updated, updateMessage } from './update-message.ts';

const table = settings.chatTable();

/** What a tombstone keeps of its message. Everything else is erased, whatever a later version may add. */
const kept = new Set(
  'pk sk chatId seq userId createdAt type clientId askedBy version rev supersededRev deletedAt deletedBy reason'.split(
    ' ',
  ),
);

/** The text and what belongs to it first, then the reactions, of which there may be more than one update can name. */
const attributesToErase = (message: object): string[] =>
  Object.keys(message)
    .filter((attribute) => !kept.has(attribute))
    .sort((a, b) => Number(a.startsWith('r:')) - Number(b.startsWith('r:')));

/** Attributes that one update erases. An expression may have 4 KB. */
const maxErased = 300;

/** Who deletes a message, and why. */
export interface Deletion {
  deletedBy: string;
  reason: string | undefined;
}

/** Makes a message a tombstone, unless it is one. Nothing changes a tombstone any more. */
export async function eraseMessage(message: StoredMessage, rev: number, deletion: Deletion): Promise<Updated> {
  const update = erasure(message, deletion);
  const unpinned = message.pinnedAt === undefined ? undefined : await unpinWith(message, rev, update);
  const erased = unpinned && 'changed' in unpinned ? unpinned : await updateMessage(message, rev, update);
  if (!('changed' in erased)) return erased;
  const { chatId, seq, pinnedAt } = erased.changed;
  // Pinned at the same moment, or changed so that it could not be unpinned together.
  if (pinnedAt ?? (unpinned !== erased && message.pinnedAt)) await forgetPin(chatId, seq);
  await eraseRest(erased.changed);
  return erased;
}

const erasure = (message: StoredMessage, { deletedBy, reason }: Deletion): MessageUpdate => ({
  set: { deletedAt: new Date().toISOString(), deletedBy, ...(reason !== undefined && { reason }) },
  remove: attributesToErase(message).slice(0, maxErased),
});

/** Erases what is left on a tombstone: what another change added at the same moment, and what one update can't name. */
export async function eraseRest(tombstone: StoredMessage): Promise<void> {
  for (const rest of inBatches(attributesToErase(tombstone), maxErased)) {
    await updateIf({
      TableName: table,
      Key: keys.message(tombstone.chatId, tombstone.seq),
      UpdateExpression: `REMOVE ${rest.map((_, n) => `#r${n}`).join()}`,
      ExpressionAttributeNames: Object.fromEntries(rest.map((attribute, n) => [`#r${n}`, attribute])),
    });
  }
}
