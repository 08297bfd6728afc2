import { settings } from '#shared/platform/settings.ts';
import { getMessage, type StoredMessage } from '../chats/messages.ts';
import { keys } from '../keys.ts';
import { getItem, getItems } from '../table.ts';
import { updateIf, type Write, writeTogether } from '../write.ts';
import { type MessageUpdate, messageUpdate, type Updated } from './update-message.ts';

/**
 * A pinned message says so itself, and the chat's item PINS has the numbers of all of them. Both change in one transaction.
 * Only a deletion
 * at the same moment that breaks off leaves its number there, until the list is full.
 */

const table = settings.chatTable();

const maxPins = 50;

const pinsUpdate = (chatId: string, change: 'ADD' | 'DELETE', seqs: number[]): NonNullable<Write['Update']> => ({
  TableName: table,
  Key: keys.pins(chatId),
  UpdateExpression: `${change} seqs :seqs`,
  ExpressionAttributeValues: { ':seqs': new Set(seqs) },
});

function pinAdd(chatId: string, seq: number): Write {
  const { ExpressionAttributeValues, ...add } = pinsUpdate(chatId, 'ADD', [seq]);
  return {
    Update: {
      ...add,
      ConditionExpression: 'attribute_not_exists(seqs) OR contains(seqs, :seq) OR size(seqs) < :max',
      ExpressionAttributeValues: { ...ExpressionAttributeValues, ':seq': seq, ':max': maxPins },
    },
  };
}

/** Pins a message, if it is still the one that was read. */
export async function pinMessage(message: StoredMessage, rev: number): Promise<Updated | 'too many pins'> {
  const update: MessageUpdate = { set: { pinnedAt: new Date().toISOString(), pinRev: rev } };
  const result = await changeBoth(message, rev, update, pinAdd(message.chatId, message.seq));
  if (result !== 'too many pins' || !(await removeLeftovers(message.chatId))) return result;
  return changeBoth(message, rev, update, pinAdd(message.chatId, message.seq));
}

/** Unpins a message, if it is still the one that was read. */
export const unpinMessage = (message: StoredMessage, rev: number): Promise<Updated> =>
  unpinWith(message, rev, { set: { pinRev: rev }, remove: ['pinnedAt'] });

/** Takes a message from the list together with its update, if it is still the one that was read. */
export async function unpinWith(message: StoredMessage, rev: number, update: MessageUpdate): Promise<Updated> {
  const removal = { Update: pinsUpdate(message.chatId, 'DELETE', [message.seq]) };
  return (await changeBoth(message, rev, update, removal)) as Updated;
}

async function changeBoth(message: StoredMessage, rev: number, update: MessageUpdate, pins: Write) {
  const expected = { version: message.version };
  const refusal = await writeTogether<'too many pins' | 'changed'>([
    { ...pins, otherwise: 'too many pins' },
    {
      Update: messageUpdate(message, rev, { ...update, expected }) as NonNullable<Write['Update']>,
      otherwise: 'changed',
    },
  ]);
  if (refusal === 'too many pins') return refusal;
  // A transaction returns no items, but nothing can have changed except what it wrote.
  if (refusal === undefined) return { changed: changedBy(message, rev, update) };
  return { found: await getMessage(message.chatId, message.seq) };
}

function changedBy(message: StoredMessage, rev: number, { set = {}, remove = [] }: MessageUpdate): StoredMessage {
  const { version = 0, rev: before = 0 } = message;
  const changed = { ...message, ...set, version: version + 1, rev, supersededRev: before };
  return Object.fromEntries(Object.entries(changed).filter(([name]) => !remove.includes(name))) as typeof changed;
}

/** Takes the number of a deleted message from the list. */
export async function forgetPin(chatId: string, ...seqs: number[]): Promise<void> {
  await updateIf(pinsUpdate(chatId, 'DELETE', seqs));
}

async function readPins(chatId: string): Promise<StoredMessage[]> {
  const pins = await getItem<{ seqs?: Set<number> }>(table, keys.pins(chatId));
  return getItems<StoredMessage>(
    table,
    [...(pins?.seqs ?? [])].map((seq) => keys.message(chatId, seq)),
  );
}

/** Takes deleted messages from the list, and returns whether there were any. */
async function removeLeftovers(chatId: string): Promise<boolean> {
  const deleted = (await readPins(chatId)).filter(({ deletedAt }) => deletedAt !== undefined);
  if (deleted.length > 0) await forgetPin(chatId, ...deleted.map(({ seq }) => seq));
  return deleted.length > 0;
}

/** The pinned messages, the one pinned last first. */
export async function listPinned(chatId: string): Promise<StoredMessage[]> {
  const pinned = (await readPins(chatId)).filter(({ deletedAt }) => deletedAt === undefined);
  return pinned.sort((a, b) => ((a.pinnedAt ?? '') < (b.pinnedAt ?? '') ? 1 : -1));
}
