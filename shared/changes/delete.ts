import { requireMayDelete } from '#shared/chats/access.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { eraseMessage, eraseRest } from '#shared/data/changes/tombstone.ts';
import { forgetMentions } from '#shared/data/chats/mentions.ts';
import { enqueueFiles } from '#shared/files/erasure.ts';
import { Problem } from '#shared/platform/problem.ts';
import { type Before, type Changing, changeMessage, type Plan } from './change-message.ts';

/**
 * Makes a message a tombstone: it keeps its number, author and time, and loses its text and everything about it. Throws what
 * `changeMessage` throws, `role_too_low` and `not_deletable`.
 */
export const deleteMessage = (changing: Changing, reason: string | undefined): Promise<Message> =>
  changeMessage('delete', changing, (before) => planDeletion(before, reason));

async function planDeletion(before: Before, reason: string | undefined): Promise<Plan | undefined> {
  const { message, membership } = before;
  const { userId: authorId, askedBy = authorId, deletedAt, type } = message;
  if (deletedAt !== undefined) {
    // The first request may have broken off before.
    await eraseRest(message);
    return undefined;
  }
  if (type === 'system') throw new Problem('not_deletable');
  await requireMayDelete(membership, askedBy);
  const { chatId, seq, files } = message;
  if (files) await enqueueFiles({ chatId, seq, fileIds: files.map(({ id }) => id) });
  // Nobody could erase what an author gives as the reason for erasing something.
  const isOwn = askedBy === membership.userId;
  return {
    apply: (rev) => eraseMessage(message, rev, { deletedBy: membership.userId, reason: isOwn ? undefined : reason }),
    follow: () => forgetMentions(message),
  };
}
