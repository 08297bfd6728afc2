import type { Message } from '#shared/contract/chats/message.ts';
import { updateMessage } from '#shared/data/changes/update-message.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import { Problem } from '#shared/platform/problem.ts';
import { type Before, type Changing, changeMessage, type Plan } from './change-message.ts';

interface Edit {
  content: string;
}

/** Edits a text message of the user's own. Throws what `changeMessage` throws, and the refusals of `requireEditable`. */
export const editMessage = (changing: Changing, edit: Edit): Promise<Message> =>
  changeMessage('edit', changing, (before) => planEdit(before, edit));

function planEdit({ message, membership }: Before, { content }: Edit): Plan | undefined {
  requireEditable(message, membership.userId);
  if (content === message.content) return undefined;
  const set = { content, editedAt: new Date().toISOString() };
  return { apply: (rev) => updateMessage(message, rev, { set, expected: { version: message.version } }) };
}

/** Throws `not_the_author`, `message_deleted` and `not_editable`. */
function requireEditable({ userId: authorId, askedBy, deletedAt, type }: StoredMessage, userId: string): void {
  if (authorId !== userId && askedBy !== userId) throw new Problem('not_the_author');
  if (deletedAt !== undefined) throw new Problem('message_deleted');
  if (type !== 'text') throw new Problem('not_editable');
}
