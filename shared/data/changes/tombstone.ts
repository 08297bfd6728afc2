import { settings } from '#shared/platform/settings.ts';
import type { StoredMessage } from '../chats/messages.ts';
import { keys } from '../keys.ts';
import { updateIf } from '../write.ts';
import { type Updated, updateMessage } from './update-message.ts';

const table = settings.chatTable();

/** What a tombstone keeps of its message. Everything else is erased, whatever a later version may add. */
const kept = new Set(
  'pk sk chatId seq userId createdAt type clientId askedBy version rev supersededRev deletedAt deletedBy reason'.split(
    ' ',
  ),
);

const erased = (message: object): string[] => Object.keys(message).filter((attribute) => !kept.has(attribute));

/** Makes a message a tombstone, unless it is one. Nothing changes a tombstone any more. */
export async function eraseMessage(
  message: StoredMessage,
  rev: number,
  { deletedBy, reason }: { deletedBy: string; reason: string | undefined },
): Promise<Updated> {
  const result = await updateMessage(message, rev, {
    set: { deletedAt: new Date().toISOString(), deletedBy, ...(reason !== undefined && { reason }) },
    remove: erased(message),
  });
  if ('changed' in result) await eraseRest(result.changed);
  return result;
}

/** Erases what another change added between the read and the erasure: a reaction, for instance. */
async function eraseRest(tombstone: StoredMessage): Promise<void> {
  const rest = erased(tombstone);
  if (rest.length === 0) return;
  await updateIf({
    TableName: table,
    Key: keys.message(tombstone.chatId, tombstone.seq),
    UpdateExpression: `REMOVE ${rest.map((_, n) => `#r${n}`).join()}`,
    ExpressionAttributeNames: Object.fromEntries(rest.map((attribute, n) => [`#r${n}`, attribute])),
  });
}
