import { requireMentionable } from '#shared/chats/access.ts';
import type { Draft } from '#shared/contract/chats/draft.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { type MessageUpdate, updateMessage } from '#shared/data/changes/update-message.ts';
import { changeMentions } from '#shared/data/chats/mentions.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import { countDeliveries } from '#shared/delivery/deliveries.ts';
import { pushDelay, pushEdit } from '#shared/delivery/push.ts';
import { Problem } from '#shared/platform/problem.ts';
import { type Before, type Changing, changeMessage, type Plan } from './change-message.ts';

interface Edit extends Pick<Draft, 'mentions' | 'everyone'> {
  content: string;
}

/** What an edit makes of a message. */
interface Edited extends Pick<StoredMessage, 'mentions' | 'everyone'> {
  content: string;
}

/** Edits a text message of the user's own. Throws what `changeMessage` throws, `role_too_low`, and what `requireEditable` throws. */
export const editMessage = (changing: Changing, edit: Edit): Promise<Message> =>
  changeMessage('edit', changing, (before) => planEdit(before, edit));

async function planEdit(before: Before, edit: Edit): Promise<Plan | undefined> {
  const { message, membership, rev: ownRev } = before;
  requireEditable(message, membership.userId);
  if (edit.content === '' && !message.files) throw textMissing();
  // Made already, perhaps by this request itself, or overwritten by a later edit.
  if (ownRev !== undefined && (message.editRev ?? 0) >= ownRev) return undefined;
  const edited = await editedBy(before, edit);
  if (isSame(edited, message)) return undefined;
  return {
    // Not the version: reactions and pins at the same moment do not matter.
    apply: (rev) => updateMessage(message, rev, { ...toUpdate(edited, rev), expected: { editRev: message.editRev } }),
    follow: (changed) => followMentions(message, changed),
  };
}

/** Throws `not_the_author`, `message_deleted` and `not_editable`. */
function requireEditable({ userId: authorId, askedBy, deletedAt, type }: StoredMessage, userId: string): void {
  if (authorId !== userId && askedBy !== userId) throw new Problem('not_the_author');
  if (deletedAt !== undefined) throw new Problem('message_deleted');
  if (type !== 'text') throw new Problem('not_editable');
}

/** Only beside files a text may be empty. */
const textMissing = () =>
  new Problem('invalid_input', {
    errors: [{ path: 'content', message: 'must have 1 to 4000 characters', rule: 'too_short', limit: 1 }],
  });

/** Mentions that the edit does not give stay as they are. */
async function editedBy({ message, membership }: Before, { content, mentions, everyone }: Edit): Promise<Edited> {
  if (mentions === undefined && everyone === undefined) return { ...message, content };
  const given = await requireMentionable({ mentions, everyone }, membership, message.chatId);
  return {
    content,
    mentions: mentions === undefined ? message.mentions : given.mentions,
    everyone: everyone === undefined ? message.everyone : given.everyone,
  };
}

const isSame = (a: Edited, b: StoredMessage): boolean =>
  a.content === (b.content ?? '') &&
  a.everyone === b.everyone &&
  (a.mentions ?? []).join() === (b.mentions ?? []).join();

function toUpdate({ content, mentions, everyone }: Edited, editRev: number): MessageUpdate {
  return {
    set: {
      content,
      editedAt: new Date().toISOString(),
      editRev,
      ...(mentions && { mentions }),
      ...(everyone && { everyone }),
    },
    remove: [...(mentions ? [] : ['mentions']), ...(everyone ? [] : ['everyone'])],
  };
}

/** Marks and unmarks whom the edit mentions; each counts as a delivery, like a mention in a message. */
async function followMentions(before: StoredMessage, after: StoredMessage): Promise<void> {
  const [was, is] = [new Set(before.mentions), new Set(after.mentions)];
  const count = [...new Set([...was, ...is])].filter((id) => was.has(id) !== is.has(id)).length;
  await Promise.all([
    changeMentions(before, after),
    count > 0 && countDeliveries(after.userId, count),
    pushNewMentions(before, after),
  ]);
}

/** An edit shortly after the message needs no event of its own: the first push of the message covers its mentions. */
async function pushNewMentions(before: StoredMessage, after: StoredMessage): Promise<void> {
  const { chatId, seq, userId, createdAt, mentions = [], everyone = false, rev = 0 } = after;
  if (Date.now() - Date.parse(createdAt) < (pushDelay - 1) * 1000) return;
  const added = mentions.filter((id) => !before.mentions?.includes(id));
  await pushEdit({ chatId, seq, userId, edit: { rev, mentions: added, everyone: everyone && !before.everyone } });
}
