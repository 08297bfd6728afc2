import type { StoredMessage } from '../chats/messages.ts';
import { type MessageUpdate, type Updated, updateMessage } from './update-message.ts';

/**
 * A message has one attribute for each user who reacted: the number of each reaction's change, by emoji. So users never
 * overwrite each other's reactions, and the numbers give their order.
 */

const prefix = 'r:';

export const reactionsKey = (userId: string): `r:${string}` => `${prefix}${userId}`;

/**
 * A user's map also has the number of the last reaction that was taken back, under its emoji with this before it. So the map
 * is never again what it was, and a write that arrives late does not bring a reaction back.
 */
const takenBack = '-';

const isReaction = (name: string): boolean => !name.startsWith(takenBack);

/** The numbers of a user's reactions, by emoji. */
export const reactionsBy = (message: StoredMessage, userId: string): Record<string, number> =>
  Object.fromEntries(Object.entries(message[reactionsKey(userId)] ?? {}).filter(([name]) => isReaction(name)));

/** Whether the user has taken back this reaction under a higher number. */
export const wasTakenBackAfter = (message: StoredMessage, rev: number, userId: string, emoji: string): boolean =>
  (message[reactionsKey(userId)]?.[takenBack + emoji] ?? 0) > rev;

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

/** Adds a reaction of a user, if the user's reactions are still those that were read. */
export const addReaction = (message: StoredMessage, rev: number, userId: string, emoji: string): Promise<Updated> =>
  setReactions(message, rev, userId, { ...message[reactionsKey(userId)], [emoji]: rev });

/** Takes a reaction of a user back, if the user's reactions are still those that were read. */
export function takeReactionBack(message: StoredMessage, rev: number, userId: string, emoji: string): Promise<Updated> {
  const { [emoji]: _, ...rest } = reactionsBy(message, userId);
  return setReactions(message, rev, userId, { ...rest, [takenBack + emoji]: rev });
}

/** Removes what a user who is gone has left on a message, if it is still what was read. */
export function eraseReactionsOf(message: StoredMessage, rev: number, userId: string): Promise<Updated> {
  const key = reactionsKey(userId);
  return updateMessage(message, rev, { remove: [key], expected: { [key]: message[key] } });
}

/**
 * Replaces the map of a user, if it is still that of the message that was read. The set `emojis` has every emoji that
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
  const added = Object.keys(next).find((name) => isReaction(name) && message[key]?.[name] === undefined);
  const update: MessageUpdate = {
    set: { [key]: next },
    expected: { [key]: message[key] },
  };
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
