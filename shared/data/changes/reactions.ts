import type { StoredMessage } from '../chats/messages.ts';
import { type MessageUpdate, type Updated, updateMessage } from './update-message.ts';

/**
 * A message has one attribute for each user who reacted: the number of each reaction's change, by emoji. So users never
 * overwrite each other's reactions, and the numbers give their order.
 */

const prefix = 'r:';

export const reactionsKey = (userId: string): `r:${string}` => `${prefix}${userId}`;

/** Everybody who reacted, by emoji: the emojis and the users in the order in which they came. */
export function reactionsOn(message: StoredMessage): Map<string, string[]> {
  const all = Object.entries(message)
    .filter(([name]) => name.startsWith(prefix))
    .flatMap(([name, revs]) =>
      Object.entries(revs as Record<string, number>).map(([emoji, rev]) => ({ name, emoji, rev })),
    )
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
  const key = reactionsKey(userId);
  const update: MessageUpdate = {
    ...(Object.keys(next).length > 0 ? { set: { [key]: next } } : { remove: [key] }),
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
