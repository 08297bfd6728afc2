import type { Message, Reaction } from '#shared/contract/chats/message.ts';

/** A reaction as the user sees it, with what they have just chosen and the server has not answered yet. */
export interface ShownReaction extends Reaction {
  mine: boolean;
}

/** What the user is known to have chosen, by emoji. */
export type Choices = ReadonlyMap<string, boolean>;

/**
 * The reactions to a message, in the order in which the emojis were first used. A message names only the first 20 people
 * of each, so `known` says what the server has answered before, and `wanted` what it has not answered yet.
 */
export function shownReactions(
  { reactions = [] }: Pick<Message, 'reactions'>,
  userId: string,
  known: Choices,
  wanted: Choices,
): ShownReaction[] {
  const shown = new Map(reactions.map((one) => [one.emoji, { ...one, mine: isMine(one, userId, known) }]));
  for (const [emoji, mine] of wanted) {
    const before = shown.get(emoji) ?? { emoji, count: 0, userIds: [], mine: false };
    if (before.mine === mine) continue;
    const others = before.userIds.filter((id) => id !== userId);
    const userIds = mine ? [...others, userId] : others;
    shown.set(emoji, { emoji, count: before.count + (mine ? 1 : -1), userIds, mine });
  }
  return [...shown.values()].filter(({ count }) => count > 0);
}

const isMine = ({ emoji, count, userIds }: Reaction, userId: string, known: Choices): boolean =>
  userIds.includes(userId) || (count > userIds.length && known.get(emoji) === true);
