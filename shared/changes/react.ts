import type { Message } from '#shared/contract/chats/message.ts';
import * as reactions from '#shared/data/changes/reactions.ts';
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

function ownReactions({ message, membership }: Before): Record<string, number> {
  if (message.deletedAt !== undefined) throw new Problem('message_deleted');
  return reactions.reactionsBy(message, membership.userId);
}

function planAddition(before: Before, emoji: string): Plan | undefined {
  const { message, membership, tried = Number.POSITIVE_INFINITY } = before;
  const { userId } = membership;
  const own = ownReactions(before);
  if (own[emoji] !== undefined || reactions.wasTakenBackAfter(message, tried, userId, emoji)) return undefined;
  const used = reactions.reactionsOn(message);
  const isFull = Object.keys(own).length >= maxOwn || (used.size >= reactions.maxEmojis && !used.has(emoji));
  if (isFull) throw new Problem('too_many_reactions');
  return { apply: (rev) => reactions.addReaction(message, rev, userId, emoji) };
}

function planRemoval(before: Before, emoji: string): Plan | undefined {
  const { message, membership, tried = Number.POSITIVE_INFINITY } = before;
  const added = ownReactions(before)[emoji];
  // It may have been added again since.
  if (added === undefined || added > tried) return undefined;
  return { apply: (rev) => reactions.takeReactionBack(message, rev, membership.userId, emoji) };
}
