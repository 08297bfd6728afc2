import type { Message } from './contract/messages.ts';
import type { ChatEvent, StoredMessage } from './data/messages.ts';
import { namesOf } from './names.ts';

/** A message's id says where it lies, so that it can be found by it. */
const messageId = (chatId: string, seq: number): string => `${chatId}-${seq}`;

/** The number of the message with this id in this chat; undefined for an id of another form or chat. */
export function seqOf(chatId: string, id: string): number | undefined {
  const seq = id.startsWith(`${chatId}-`) ? id.slice(chatId.length + 1) : '';
  return /^[1-9]\d{0,11}$/.test(seq) ? Number(seq) : undefined;
}

const roleName = { owner: 'the owner', admin: 'an admin', member: 'a member' };

/** What people read of an event: who did it, to whom. */
const eventText: Record<ChatEvent['event'], (who: string, members: string, event: Partial<ChatEvent>) => string> = {
  created: (who) => `${who} created the group`,
  joined: (who) => `${who} joined the group`,
  added: (who, members) => `${who} added ${members}`,
  left: (who, members) => (members ? `${who} left; ${members} owns the group now` : `${who} left`),
  removed: (who, members) => `${who} removed ${members}`,
  renamed: (who, _members, { name }) => `${who} renamed the group to “${name}”`,
  meeting: (who, _members, { meetUrl }) => `${who} opened a meeting: ${meetUrl}`,
  role_changed: (who, members, { role = 'member' }) => `${who} made ${members} ${roleName[role]}`,
};

/** A stored message as its readers see it, with the names of all whom it speaks of. */
function toMessage(stored: StoredMessage, names: Map<string, string>): Message {
  const { chatId, userId, type, createdAt, seq, clientId, event, memberIds, name, role } = stored;
  const { question, askedBy, suggestMeet, meetUrl } = stored;
  const isAnswer = type === 'ai' && clientId !== undefined;
  const nameOf = (id: string) => names.get(id) as string;
  const members = (memberIds ?? []).map(nameOf).join(', ');
  return {
    // An answer has its id before it has its number: it is shown while it grows.
    id: isAnswer ? clientId : messageId(chatId, seq),
    chatId,
    userId,
    userName: nameOf(userId),
    content: event ? eventText[event](nameOf(userId), members, stored) : (stored.content ?? ''),
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
        ...(memberIds && { memberIds }),
        ...(name && { name }),
        ...(role && { role }),
        ...(meetUrl && { meetUrl }),
      },
    }),
  };
}

/** A message of a person whose name is at hand. */
export const toMessageBy = (stored: StoredMessage, userName: string): Message =>
  toMessage(stored, new Map([[stored.userId, userName]]));

/** Everyone a message speaks of. */
export const peopleIn = (stored: StoredMessage[]): string[] =>
  stored.flatMap(({ userId, memberIds = [] }) => [userId, ...memberIds]);

export async function toMessages(stored: StoredMessage[]): Promise<Message[]> {
  const names = await namesOf(peopleIn(stored));
  return stored.map((message) => toMessage(message, names));
}
