import type { Message } from '#shared/contract/chats/message.ts';
import { maxEmojis, reactionsOf, reactionsOn, setReactions } from '#shared/data/changes/reactions.ts';
import { Problem } from '#shared/platform/problem.ts';
import { type Before, type Changing, changeMessage, type Plan } from './change-message.ts';

/** A user's reactions to one message. */
const maxOwn = 3;

/** Adds a reaction. Throws what `changeMessage` throws, `message_deleted` and `too_many_reactions`. */
export const addReaction = (changing: Changing, emoji: string): Promise<Message> =>
  changeMessage('react', changing, (before) => planAddition(before, emoji));

/** Takes a reaction back. Throws what `changeMessage` throws, and `message_deleted`. */
export const removeReaction = (changing: Changing, emoji: string): Promise<Message> =>
  changeMessage('react', changing, (before) => planRemoval(before, emoji));

/** Nothing is left to do under a number that is not above that of the user's last change: another request came later. */
function ownReactions({ message, membership, rev }: Before): Record<string, number> | undefined {
  if (message.deletedAt !== undefined) throw new Problem('message_deleted');
  const { last, reactions } = reactionsOf(message, membership.userId);
  return rev !== undefined && last >= rev ? undefined : reactions;
}

function planAddition(before: Before, emoji: string): Plan | undefined {
  const { message, membership } = before;
  const own = ownReactions(before);
  if (!own || own[emoji] !== undefined) return undefined;
  const used = reactionsOn(message);
  const isFull = Object.keys(own).length >= maxOwn || (used.size >= maxEmojis && !used.has(emoji));
  if (isFull) throw new Problem('too_many_reactions');
  return { apply: (rev) => setReactions(message, rev, membership.userId, { ...own, [emoji]: rev }) };
}

function planRemoval(before: Before, emoji: string): Plan | undefined {
  const { [emoji]: removed, ...rest } = ownReactions(before) ?? {};
  if (removed === undefined) return undefined;
  return { apply: (rev) => setReactions(before.message, rev, before.membership.userId, rest) };
}
