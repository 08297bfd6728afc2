import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import type { ChatWithParticipants } from '#shared/data/chats/chats.ts';
import { getMemberships, hasBeenRemoved, type Membership } from '#shared/data/chats/memberships.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import type { PushEvent, PushPage } from '#shared/delivery/push.ts';
import type { DueMessages } from './due-messages.ts';

/** A user with messages that they have not read and want pushes about. */
export interface Recipient {
  userId: string;
  /** Undefined for a user who is told that they were removed from the chat. */
  membership: Membership | undefined;
  messages: StoredMessage[];
}

/** The users of a page who want one of the due messages pushed, according to their memberships. */
export async function listRecipients(
  event: PushEvent,
  chat: ChatWithParticipants,
  { page, due }: { page: PushPage; due: DueMessages },
): Promise<Recipient[]> {
  const { from, to = '\uffff' } = page;
  const only = event.retry && new Set(event.retry.devices.map(({ userId }) => userId));
  const isMeant = (userId: string) => userId >= from && userId < to && (only?.has(userId) ?? true);
  const memberships = await getMemberships(chat.participantIds.filter(isMeant), chat.id);
  const recipients = memberships.map((membership) => ({
    userId: membership.userId,
    membership,
    messages: due.messages.filter((message) => isWanted(message, membership, due)),
  }));
  const removed = await listRemoved(chat, due);
  return [...recipients, ...removed.filter(({ userId }) => isMeant(userId))].filter(
    ({ messages }) => messages.length > 0,
  );
}

function isWanted(message: StoredMessage, membership: Membership, { quoted }: DueMessages): boolean {
  const { userId, readSeq, level, mutedUntil, blockedBy } = membership;
  if (message.userId === userId || level === 'none' || blockedBy?.size) return false;
  if (mutedUntil !== undefined && mutedUntil > new Date().toISOString()) return false;
  if (message.type === 'system') return concerns(message, userId) && message.seq >= firstUnread(message, readSeq);
  return message.seq > readSeq && (level !== 'mentions' || mentions(message, userId, quoted));
}

/** A user who is added begins with the number of this message as read. */
const firstUnread = ({ event }: StoredMessage, readSeq: number) => (event === 'added' ? readSeq : readSeq + 1);

/** Whether a system message is about the user, who is still in the chat. */
const concerns = ({ event, memberIds = [], role }: StoredMessage, userId: string): boolean =>
  memberIds.includes(userId) && (event === 'added' || (event === 'role_changed' && role !== 'member'));

/** Whether a message mentions the user or replies to them. */
export const mentions = (message: StoredMessage, userId: string, quoted: Map<number, StoredMessage>): boolean =>
  message.mentions?.includes(userId) === true ||
  message.everyone === true ||
  (message.userId === assistantId && message.askedBy === userId) ||
  quoted.get(message.replyToSeq ?? 0)?.userId === userId;

/** The users who were removed and have not come back. */
async function listRemoved(chat: ChatWithParticipants, { messages }: DueMessages): Promise<Recipient[]> {
  const removals = messages.flatMap((message) =>
    message.event === 'removed' ? (message.memberIds ?? []).map((userId) => ({ userId, message })) : [],
  );
  const gone = removals.filter(({ userId }) => !chat.participantIds.includes(userId));
  const found = await Promise.all(
    gone.map(async ({ userId, message }) =>
      (await hasBeenRemoved(userId, chat.id)) ? [{ userId, membership: undefined, messages: [message] }] : [],
    ),
  );
  return found.flat();
}
