import type { StoredMessage } from '../chats/messages.ts';
import { type MessageUpdate, type Updated, updateMessage } from './update-message.ts';

/**
 * A message has one attribute for each user who reacted: the number of each reaction's change, by emoji. So users never
 * overwrite each other's reactions, and the numbers give their order. The attribute stays when the last reaction goes, with
 * the number of the last change: a write that comes late, repeated by the database client, never finds it as it was.
 */

const prefix = 'r:';

const keyOf = (userId: string): `r:${string}` => `${prefix}${userId}`;

const lastChange = 'rev';

/** A user's reactions, and the number of their last change; 0 before the first. */
export function reactionsOf(message: StoredMessage, userId: string) {
  const { [lastChange]: last = 0, ...reactions } = message[keyOf(userId)] ?? {};
  return { last, reactions };
}

/** Everybody who reacted, by emoji: the emojis and the users in the order in which they came. */
export function reactionsOn(message: StoredMessage): Map<string, string[]> {
  const all = Object.entries(message)
    .filter(([name]) => name.startsWith(prefix))
    .flatMap(([name, revs]) =>
      Object.entries(revs as Record<string, number>).map(([emoji, rev]) => ({ name, emoji, rev })),
    )
    .filter(({ emoji }) => emoji !== lastChange)
    .sort((a, b) => a.rev - b.rev);
  const users = new Map<string, string[]>();
  for (const { name, emoji } of all) users.set(emoji, [...(users.get(emoji) ?? []), name.slice(prefix.length)]);
  return users;
}

/** Different emojis on a message. */
export const maxEmojis = 20;

/**
 * Replaces a user's reactions, if they are still those of the message that was read. The set `emojis` has every emoji that
 * is on the message, and some that were: so a new one is refused if the set is full, and the set is made anew, on condition
 * that nothing has changed, when only emojis that were taken back fill it.
 */
export function setReactions(
  message: StoredMessage,
  rev: number,
  userId: string,
  next: Record<string, number>,
): Promise<Updated> {
  const key = keyOf(userId);
  const update: MessageUpdate = {
    set: { [key]: { ...next, [lastChange]: rev } },
    expected: { [key]: message[key] },
  };
  const added = Object.keys(next).find((emoji) => message[key]?.[emoji] === undefined);
  if (added === undefined) return updateMessage(message, rev, update);
  const { emojis = new Set() } = message;
  if (emojis.size < maxEmojis || emojis.has(added)) {
    return updateMessage(message, rev, {
      ...update,
      add: { emojis: new Set([added]) },
      condition: 'attribute_not_exists(emojis) OR contains(emojis, :added) OR size(emojis) < :max',
      values: { ':added': added, ':max': maxEmojis },
    });
  }
  return updateMessage(message, rev, {
    set: { ...update.set, emojis: new Set([...reactionsOn(message).keys(), added]) },
    expected: { ...update.expected, version: message.version },
  });
}

/** Takes back all reactions of a user who can't react any more. */
export const removeReactions = (message: StoredMessage, rev: number, userId: string): Promise<Updated> =>
  updateMessage(message, rev, { remove: [keyOf(userId)] });
