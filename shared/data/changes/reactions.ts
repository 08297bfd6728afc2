import type { StoredMessage } from '../chats/messages.ts';

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
