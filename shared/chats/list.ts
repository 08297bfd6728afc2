import { createHash } from 'node:crypto';
import type { Chat } from '#shared/contract/chats/chat.ts';
import { type ChatWithParticipants, getChats } from '#shared/data/chats.ts';
import type { Membership } from '#shared/data/memberships.ts';
import { getLastMessages } from '#shared/data/messages.ts';
import { inBatches } from '#shared/data/table.ts';
import { nameOf, namesOf } from '#shared/people/display-names.ts';
import { peopleIn, toMessages } from './messages.ts';

const directPrefix = 'direct-';

/** The id of the direct chat of two users: always the same, whichever of the two asks. */
export function directIdOf(userId: string, otherId: string): string {
  const pair = [userId, otherId].sort().join('#');
  return directPrefix + createHash('sha256').update(pair).digest('base64url').slice(0, 27);
}

export const isDirectId = (chatId: string): boolean => chatId.startsWith(directPrefix);

const otherIn = ({ participantIds }: ChatWithParticipants, userId: string): string =>
  participantIds.find((id) => id !== userId) ?? 'nobody';

/** Code points. A list of a hundred chats must not carry a hundred long messages. */
const previewLength = 300;

const preview = (content: string | undefined) => content && [...content].slice(0, previewLength).join('');

/** Bytes of all chats in an answer, which is a string within Lambda's answer of 6 MB. */
const maxBytes = 5_500_000;
/** What a chat takes at most: its fields, and 41 for each participant's id. */
const sizeOf = ({ participantIds }: ChatWithParticipants): number => 3000 + 41 * participantIds.length;

/** Those that fit into one answer. The ones joined first, so that nobody can push them out by adding the user to others. */
async function fitting(memberships: Membership[]): Promise<ChatWithParticipants[]> {
  const all = memberships.toSorted((a, b) => (a.joinedAt < b.joinedAt ? -1 : 1));
  const chats: ChatWithParticipants[] = [];
  let left = maxBytes;
  for (const some of inBatches(all, 100)) {
    for (const chat of await getChats(some.map(({ chatId }) => chatId))) {
      left -= sizeOf(chat);
      if (left < 0) return chats;
      chats.push(chat);
    }
  }
  return chats;
}

/** The chats of these memberships as the user sees them, newest message first; of too many for an answer the ones joined first. */
export async function toChats(userId: string, memberships: Membership[]): Promise<Chat[]> {
  const chats = await fitting(memberships);
  const lastStored = await getLastMessages(chats);
  const others = chats.filter(({ type }) => type === 'direct').map((chat) => otherIn(chat, userId));
  // Reads all names at once; the lookups below find them in memory.
  await namesOf([...peopleIn(lastStored), ...others]);
  const last = new Map((await toMessages(lastStored)).map((message) => [message.chatId, message]));
  // Not the last number given out, which may be nobody's: it could never be marked as read.
  const lastSeqOf = ({ id }: ChatWithParticipants) => last.get(id)?.seq ?? 0;
  const read = new Map(memberships.map(({ chatId, readSeq }) => [chatId, readSeq]));
  const shown = await Promise.all(
    chats.map(async (chat) => ({
      id: chat.id,
      name: chat.type === 'direct' ? await nameOf(otherIn(chat, userId)) : chat.name,
      type: chat.type,
      participantIds: chat.participantIds,
      inviteCode: chat.inviteCode,
      createdAt: chat.createdAt,
      lastMessageAt: last.get(chat.id)?.createdAt,
      lastMessage: preview(last.get(chat.id)?.content),
      lastSeq: lastSeqOf(chat),
      unreadCount: Math.max(0, lastSeqOf(chat) - (read.get(chat.id) ?? 0)),
    })),
  );
  const newestAt = (chat: Chat) => chat.lastMessageAt ?? chat.createdAt;
  return shown.sort((a, b) => (newestAt(a) < newestAt(b) ? 1 : -1));
}
