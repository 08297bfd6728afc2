import type { Message, Quote } from '#shared/contract/chats/message.ts';
import { reactionsOn } from '#shared/data/changes/reactions.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import { type Person, peopleOf } from '#shared/people/display-names.ts';
import { attachmentsOf } from './attachments.ts';
import { contentOf, memberNamesIn, peopleIn, placeholderOf } from './message-content.ts';
import { idOf } from './message-ids.ts';
import { quoteIn, withQuoted } from './quotes.ts';

/** A stored message as its readers see it. `people` has everyone in `peopleIn` the message. */
export function toMessage(stored: StoredMessage, people: Map<string, Person>, replyTo?: Quote): Message {
  const { chatId, userId, type, createdAt, seq, clientId, event, memberIds = [], name, role } = stored;
  const { posting, slowModeSeconds, text } = stored;
  const { question, askedBy, suggestMeet, meetUrl } = stored;
  const isAnswer = type === 'ai' && clientId !== undefined;
  const { name: userName, userDeleted } = people.get(userId) as Person;
  const placeholder = placeholderOf(stored);
  const memberNames = memberNamesIn(stored, people);
  const deletedMemberIds = memberIds.filter((id) => people.get(id)?.userDeleted);
  return {
    id: idOf(stored),
    chatId,
    userId,
    userName,
    ...(userDeleted && { userDeleted }),
    content: contentOf(stored, people),
    type,
    createdAt,
    seq,
    ...(clientId !== undefined && !isAnswer && { clientId }),
    ...(isAnswer && {
      metadata: { question, askedBy, ...(suggestMeet && { suggestMeet }), ...(meetUrl && { meetUrl }) },
    }),
    ...(event && {
      metadata: {
        event,
        ...(memberIds.length > 0 && { memberIds, memberNames }),
        ...(deletedMemberIds.length > 0 && { deletedMemberIds }),
        ...(name && { name }),
        ...(text && { text }),
        ...(role && { role }),
        ...(posting && { posting }),
        ...(slowModeSeconds !== undefined && { slowModeSeconds }),
        ...(meetUrl && { meetUrl }),
      },
    }),
    ...(placeholder && stored.deletedAt === undefined && { metadata: { placeholder } }),
    ...changesOf(stored, replyTo),
  };
}

/** Ids that are shown of each reaction. */
const maxShown = 20;

/** What a message refers to, and what changes have made of it; nothing of a plain one that never changed. */
function changesOf(stored: StoredMessage, replyTo: Quote | undefined): Partial<Message> {
  const { version, editedAt, deletedAt, deletedBy, reason, mentions, everyone, pinnedAt } = stored;
  // Another change may have added something to a tombstone, which is erased in a moment.
  if (deletedAt !== undefined) return { version, deletedAt, deletedBy, ...(reason && { reason }) };
  const reactions = [...reactionsOn(stored)].map(([emoji, userIds]) => ({
    emoji,
    count: userIds.length,
    userIds: userIds.slice(0, maxShown),
  }));
  return {
    ...(version && { version }),
    ...(editedAt && { editedAt }),
    ...(replyTo && { replyTo }),
    ...attachmentsOf(stored),
    ...(mentions && { mentions }),
    ...(everyone && { everyone }),
    ...(reactions.length > 0 && { reactions }),
    ...(pinnedAt && { pinned: true as const }),
  };
}

/** A stored message that names only its author, whose name is known already, as is the quote of a reply. */
export const toMessageBy = (stored: StoredMessage, userName: string, replyTo?: Quote): Message =>
  toMessage(stored, new Map([[stored.userId, { name: userName }]]), replyTo);

/**
 * Stored messages of one chat as their readers see them, with all names and quotes. `all` has what they quote too, if that
 * has been read already.
 */
export async function toMessages(stored: StoredMessage[], all?: Map<number, StoredMessage>): Promise<Message[]> {
  const known = all ?? (await withQuoted(stored));
  const people = await peopleOf(peopleIn([...known.values()]));
  return stored.map((message) => toMessage(message, people, quoteIn(message, known, people)));
}
