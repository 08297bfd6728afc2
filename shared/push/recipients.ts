import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import type { ChatWithParticipants } from '#shared/data/chats/chats.ts';
import { getMemberships, hasBeenRemoved, type Membership } from '#shared/data/chats/memberships.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import type { DueMessages } from './due-messages.ts';
import { isOnPage, type PagedEvent } from './pages.ts';

/** A user with messages that they have not read and want pushes about. */
export interface Recipient {
  userId: string;
  /** Undefined for a user who is told that they were removed from the chat. */
  membership: Membership | undefined;
  messages: StoredMessage[];
}

/** The users of a page who want one of the due messages pushed, according to their memberships. */
export async function listRecipients(
  { page, retry }: PagedEvent,
  chat: ChatWithParticipants,
  due: DueMessages,
): Promise<Recipient[]> {
  const only = retry && retry.devices.length > 0 ? new Set(retry.devices.map(({ userId }) => userId)) : undefined;
  const isMeant = (userId: string) => isOnPage(userId, page) && (only?.has(userId) ?? true);
  const memberships = await getMemberships(chat.participantIds.filter(isMeant), chat.id);
  const recipients = memberships.map((membership) => ({
    userId: membership.userId,
    membership,
    messages: due.messages.filter((message) => isWanted(message, membership, due)),
  }));
  const removed = await listRemoved(chat, due, isMeant);
  return [...recipients, ...removed].filter(({ messages }) => messages.length > 0);
}

function isWanted(message: StoredMessage, membership: Membership, { quoted }: DueMessages): boolean {
  const { userId, readSeq, level, mutedUntil } = membership;
  if (message.userId === userId || level === 'none') return false;
  if (mutedUntil !== undefined && mutedUntil > new Date().toISOString()) return false;
  if (message.type === 'system') return concerns(message, userId) && message.seq >= firstUnread(message, readSeq);
  return message.seq > readSeq && (level !== 'mentions' || mentions(message, userId, quoted));
}

/** A user who is added begins with the number of this message as read. */
const firstUnread = ({ event }: StoredMessage, readSeq: number) => (event === 'added' ? readSeq : readSeq + 1);

/** Whether a system message is about this participant. */
const concerns = ({ event, memberIds = [], role }: StoredMessage, userId: string): boolean =>
  event === 'created' ||
  event === 'announced' ||
  (memberIds.includes(userId) && (event === 'added' || (event === 'role_changed' && role !== 'member')));

/** Whether a message mentions the user or replies to them. */
export const mentions = (message: StoredMessage, userId: string, quoted: Map<number, StoredMessage>): boolean =>
  message.mentions?.includes(userId) === true ||
  message.everyone === true ||
  (message.userId === assistantId && message.askedBy === userId) ||
  quoted.get(message.replyToSeq ?? 0)?.userId === userId;

/** Users who were removed and have not come back, each with the last time that it happened. */
async function listRemoved(
  chat: ChatWithParticipants,
  { messages }: DueMessages,
  isMeant: (userId: string) => boolean,
): Promise<Recipient[]> {
  const removals = messages.flatMap((message) =>
    message.event === 'removed' ? (message.memberIds ?? []).map((userId) => [userId, message] as const) : [],
  );
  const gone = [...new Map(removals)].filter(([userId]) => isMeant(userId) && !chat.participantIds.includes(userId));
  const found = await Promise.all(
    gone.map(async ([userId, message]) =>
      (await hasBeenRemoved(userId, chat.id)) ? [{ userId, membership: undefined, messages: [message] }] : [],
    ),
  );
  return found.flat();
}
