import type { Message } from '#shared/contract/chats/message.ts';
import { reactionsOn } from '#shared/data/changes/reactions.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import { type Person, peopleOf } from '#shared/people/display-names.ts';
import { texts } from '#shared/texts/in-language.ts';
import { systemText } from '#shared/texts/system-text.ts';

/** A message's id holds its chat and number, so that the message can be found by it. */
const messageId = (chatId: string, seq: number): string => `${chatId}-${seq}`;

/** The number of the message with this id in this chat; undefined for an id of another form or chat. */
export function seqOf(chatId: string, id: string): number | undefined {
  const seq = id.startsWith(`${chatId}-`) ? id.slice(chatId.length + 1) : '';
  return /^[1-9]\d{0,11}$/.test(seq) ? Number(seq) : undefined;
}

/** A stored message as its readers see it. `people` has everyone in `peopleIn` the message. */
function toMessage(stored: StoredMessage, people: Map<string, Person>): Message {
  const { chatId, userId, type, createdAt, seq, clientId, event, memberIds = [], name, role } = stored;
  const { question, askedBy, suggestMeet, meetUrl } = stored;
  const isAnswer = type === 'ai' && clientId !== undefined;
  const { name: userName, userDeleted } = people.get(userId) as Person;
  const memberNames = namesIn(stored, people);
  const deletedMemberIds = memberIds.filter((id) => people.get(id)?.userDeleted);
  return {
    // An answer has its id before its number, because it is shown while it is being written.
    id: isAnswer ? clientId : messageId(chatId, seq),
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
        ...(role && { role }),
        ...(meetUrl && { meetUrl }),
      },
    }),
    ...changesOf(stored),
  };
}

const namesIn = ({ memberIds = [] }: StoredMessage, people: Map<string, Person>): string[] =>
  memberIds.map((id) => people.get(id)?.name as string);

/** The text of a message, which the server words itself if the message is a tombstone or a system message. */
function contentOf(stored: StoredMessage, people: Map<string, Person>): string {
  const { deletedAt, event, userId, content = '' } = stored;
  if (deletedAt !== undefined) return texts().messageDeleted;
  const who = people.get(userId)?.name as string;
  return event ? systemText({ ...stored, event, who, members: namesIn(stored, people) }) : content;
}

/** Ids that are shown of each reaction. */
const maxShown = 20;

/** What changes have made of a message; nothing of one that never changed and mentions nobody. */
function changesOf(stored: StoredMessage): Partial<Message> {
  const { version, editedAt, deletedAt, deletedBy, reason, mentions, everyone, pinnedAt } = stored;
  if (deletedAt !== undefined) return { version, deletedAt, deletedBy, ...(reason && { reason }) };
  const reactions = [...reactionsOn(stored)].map(([emoji, userIds]) => ({
    emoji,
    count: userIds.length,
    userIds: userIds.slice(0, maxShown),
  }));
  return {
    ...(version && { version }),
    ...(editedAt && { editedAt }),
    ...(mentions && { mentions }),
    ...(everyone && { everyone }),
    ...(reactions.length > 0 && { reactions }),
    ...(pinnedAt && { pinned: true as const }),
  };
}

/** A stored message that names only its author, whose name is known already. */
export const toMessageBy = (stored: StoredMessage, userName: string): Message =>
  toMessage(stored, new Map([[stored.userId, { name: userName }]]));

/** The ids of everyone that the messages name. */
export const peopleIn = (stored: Pick<StoredMessage, 'userId' | 'memberIds'>[]): string[] =>
  stored.flatMap(({ userId, memberIds = [] }) => [userId, ...memberIds]);

export async function toMessages(stored: StoredMessage[]): Promise<Message[]> {
  const people = await peopleOf(peopleIn(stored));
  return stored.map((message) => toMessage(message, people));
}
