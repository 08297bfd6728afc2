import type { Message } from '#shared/contract/chats/message.ts';
import { maxEmojis, reactionsOf, reactionsOn, setReaction } from '#shared/data/changes/reactions.ts';
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

function ownReactions({ message, membership }: Before) {
  if (message.deletedAt !== undefined) throw new Problem('message_deleted');
  return reactionsOf(message, membership.userId);
}

function planAddition(before: Before, emoji: string): Plan | undefined {
  const { message, membership, rev: ownRev = Number.POSITIVE_INFINITY } = before;
  const { reactions: own, last } = ownReactions(before);
  const wasTakenBack = last?.emoji === emoji && last.rev > ownRev;
  if (own[emoji] !== undefined || wasTakenBack) return undefined;
  const used = reactionsOn(message);
  const isFull = Object.keys(own).length >= maxOwn || (used.size >= maxEmojis && !used.has(emoji));
  if (isFull) throw new Problem('too_many_reactions');
  return { apply: (rev) => setReaction(message, rev, { userId: membership.userId, emoji, isAdded: true }) };
}

function planRemoval(before: Before, emoji: string): Plan | undefined {
  const { message, membership, rev: ownRev = Number.POSITIVE_INFINITY } = before;
  const addedUnder = ownReactions(before).reactions[emoji];
  // It may have been added again since.
  if (addedUnder === undefined || addedUnder > ownRev) return undefined;
  return { apply: (rev) => setReaction(message, rev, { userId: membership.userId, emoji, isAdded: false }) };
}
