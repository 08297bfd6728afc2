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

const attributesToErase = (message: object): string[] =>
  Object.keys(message).filter((attribute) => !kept.has(attribute));

/** Who deletes a message, and why. */
export interface Deletion {
  deletedBy: string;
  reason: string | undefined;
}

/** Makes a message a tombstone, unless it is one. Nothing changes a tombstone any more. */
export async function eraseMessage(message: StoredMessage, rev: number, deletion: Deletion): Promise<Updated> {
  const update = erasure(message, deletion);
  const result = message.pinnedAt === undefined ? undefined : await unpinWith(message, rev, update);
  if (result && 'changed' in result) return result;
  const erased = await updateMessage(message, rev, update);
  if ('changed' in erased) await eraseRest(message, erased.changed);
  return erased;
}

const erasure = (message: StoredMessage, { deletedBy, reason }: Deletion): MessageUpdate => ({
  set: { deletedAt: new Date().toISOString(), deletedBy, ...(reason !== undefined && { reason }) },
  remove: attributesToErase(message),
});

/** Erases what another change added between the read and the erasure: a reaction, for instance. */
async function eraseRest(message: StoredMessage, tombstone: StoredMessage): Promise<void> {
  const { chatId, seq } = tombstone;
  if (message.pinnedAt ?? tombstone.pinnedAt) await forgetPin(chatId, seq);
  const rest = attributesToErase(tombstone);
  if (rest.length === 0) return;
  await updateIf({
    TableName: table,
    Key: keys.message(chatId, seq),
    UpdateExpression: `REMOVE ${rest.map((_, n) => `#r${n}`).join()}`,
    ExpressionAttributeNames: Object.fromEntries(rest.map((attribute, n) => [`#r${n}`, attribute])),
  });
}
