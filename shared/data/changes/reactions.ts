import type { StoredMessage } from '../chats/messages.ts';
import { type MessageUpdate, type Updated, updateMessage } from './update-message.ts';

/**
 * A message has one attribute for each user who reacted: the number of each reaction's change, by emoji. So users never
 * overwrite each other's reactions, and the numbers give their order. The attribute stays when the last reaction goes, with
 * the emoji and the number of the last change: a write that comes late, repeated by the database client, never finds it as
 * it was.
 */

const prefix = 'r:';

const keyOf = (userId: string): `r:${string}` => `${prefix}${userId}`;

/** Comes before the emoji of the last change. */
const lastChange = 'last:';

const isReaction = (name: string): boolean => !name.startsWith(lastChange);

/** A user's reactions, and their last change; undefined before the first. */
export function reactionsOf(message: StoredMessage, userId: string) {
  const entries = Object.entries(message[keyOf(userId)] ?? {});
  const [last] = entries
    .filter(([name]) => !isReaction(name))
    .map(([name, rev]) => ({ emoji: name.slice(lastChange.length), rev }));
  return { last, reactions: Object.fromEntries(entries.filter(([name]) => isReaction(name))) };
}

/** Everybody who reacted, by emoji: the emojis and the users in the order in which they came. */
export function reactionsOn(message: StoredMessage): Map<string, string[]> {
  const all = Object.entries(message)
    .filter(([name]) => name.startsWith(prefix))
    .flatMap(([name, revs]) =>
      Object.entries(revs as Record<string, number>).map(([emoji, rev]) => ({ name, emoji, rev })),
    )
    .filter(({ emoji }) => isReaction(emoji))
    .sort((a, b) => a.rev - b.rev);
  const users = new Map<string, string[]>();
  for (const { name, emoji } of all) users.set(emoji, [...(users.get(emoji) ?? []), name.slice(prefix.length)]);
  return users;
}

/** Different emojis on a message. */
export const maxEmojis = 20;

/**
 * Adds a user's reaction or takes it back, if the user's reactions are still those of the message that was read. The set
 * `emojis` has every emoji that is on the message, and some that were: so a new one is refused if the set is full, and the
 * set is made anew, on condition that nothing has changed, when only emojis that were taken back fill it.
 */
export function setReaction(
  message: StoredMessage,
  rev: number,
  { userId, emoji, isAdded }: { userId: string; emoji: string; isAdded: boolean },
): Promise<Updated> {
  const key = keyOf(userId);
  const { [emoji]: _, ...others } = reactionsOf(message, userId).reactions;
  const update: MessageUpdate = {
    set: { [key]: { ...others, ...(isAdded && { [emoji]: rev }), [lastChange + emoji]: rev } },
    expected: { [key]: message[key] },
  };
  if (!isAdded) return updateMessage(message, rev, update);
  const { emojis = new Set() } = message;
  if (emojis.size < maxEmojis || emojis.has(emoji)) {
    return updateMessage(message, rev, {
      ...update,
      add: { emojis: new Set([emoji]) },
      condition: 'attribute_not_exists(emojis) OR contains(emojis, :added) OR size(emojis) < :max',
      values: { ':added': emoji, ':max': maxEmojis },
    });
  }
  return updateMessage(message, rev, {
    set: { ...update.set, emojis: new Set([...reactionsOn(message).keys(), emoji]) },
    expected: { ...update.expected, version: message.version },
  });
}

/** Takes back all reactions of a user who can't react any more. */
export const removeReactions = (message: StoredMessage, rev: number, userId: string): Promise<Updated> =>
  updateMessage(message, rev, { remove: [keyOf(userId)] });
