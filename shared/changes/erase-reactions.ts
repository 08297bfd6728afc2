import { type Change, listEntries, storeChange, supersededBy, takeRev } from '#shared/data/changes/log.ts';
import { reactionsOf, removeReactions } from '#shared/data/changes/reactions.ts';
import { getMessages, type StoredMessage } from '#shared/data/chats/messages.ts';
import { invokeFunction } from '#shared/platform/aws/invoke.ts';
import { inBatches } from '#shared/platform/lists.ts';
import { settings } from '#shared/platform/settings.ts';

/** The reactions of a deleted account that are still to be taken back: in these chats, in the first one after a change. */
export interface Erasure {
  userId: string;
  chatIds: string[];
  after?: number;
}

/** Chats in one invocation, whose event may have 256 KB. */
const maxChats = 2000;

/** Log entries that are read at once, each of which names a message of up to 100 KB. */
const pageSize = 100;

/** How long one invocation goes on with a chat, milliseconds. Lambda ends it after 28 s. */
const timeoutMs = 15_000;

/** Starts the erasure in the background. Throws what `invokeFunction` throws. */
export async function beginErasure(userId: string, chatIds: string[]): Promise<void> {
  for (const part of inBatches(chatIds, maxChats)) await invoke({ userId, chatIds: part });
}

const invoke = (erasure: Erasure) => invokeFunction(settings.eraseReactionsFunction(), erasure);

/**
 * Takes back a user's reactions in the first of the chats, and leaves the others to the next invocation. Every message with a
 * reaction has an entry in its chat's log. Each reaction taken back is a change like any other, so that everybody learns of
 * it when they catch up. Repeating an invocation is harmless.
 */
export async function eraseReactions({ userId, chatIds, after = 0 }: Erasure): Promise<void> {
  const [chatId, ...rest] = chatIds;
  if (chatId === undefined) return;
  const position = await eraseInChat(userId, chatId, after);
  if (position !== undefined) await invoke({ userId, chatIds, after: position });
  else if (rest.length > 0) await invoke({ userId, chatIds: rest });
}

/** Returns up to which change it came, undefined at the end of the log. */
async function eraseInChat(userId: string, chatId: string, after: number): Promise<number | undefined> {
  const deadline = Date.now() + timeoutMs;
  let position = after;
  while (Date.now() < deadline) {
    const entries = await listEntries(chatId, { after: position, limit: pageSize });
    await erasePage(chatId, userId, entries);
    if (entries.length < pageSize) return undefined;
    position = entries.at(-1)?.rev ?? position;
  }
  return position;
}

async function erasePage(chatId: string, userId: string, entries: Change[]): Promise<void> {
  const messages = await getMessages(chatId, [...new Set(entries.map(({ seq }) => seq))]);
  for (const message of messages) {
    if (reactionsOf(message, userId).last) await takeBack(message, userId);
  }
}

async function takeBack(message: StoredMessage, userId: string): Promise<void> {
  const { chatId, seq } = message;
  const rev = await takeRev(chatId);
  if (typeof rev !== 'number') return;
  const change: Change = { rev, seq, kind: 'react', by: userId, at: new Date().toISOString() };
  await storeChange(chatId, change, supersededBy(message));
  await removeReactions(message, rev, userId);
}
