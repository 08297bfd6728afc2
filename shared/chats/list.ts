import type { Chat } from '#shared/contract/chats/chat.ts';
import { type ChatWithParticipants, getChats } from '#shared/data/chats/chats.ts';
import type { Membership } from '#shared/data/chats/memberships.ts';
import { getLastMessages } from '#shared/data/chats/messages.ts';
import { nameOf, namesOf } from '#shared/people/display-names.ts';
import { inBatches } from '#shared/platform/lists.ts';
import { peopleIn, toMessages } from './messages.ts';

const otherIn = ({ participantIds }: ChatWithParticipants, userId: string): string =>
  participantIds.find((id) => id !== userId) ?? 'nobody';

/** Code points. A list of a hundred chats must not carry a hundred long messages. */
const previewLength = 300;

const preview = (content: string | undefined) => content && [...content].slice(0, previewLength).join('');

/** Bytes of all chats in an answer, which is a string within Lambda's limit of 6 MB. */
const maxBytes = 5_500_000;
/** The bytes that a chat takes at most: its fields, and 41 for each participant's id. */
const sizeOf = ({ participantIds }: ChatWithParticipants): number => 3000 + 41 * participantIds.length;

/** The chats that fit into one answer, those joined first, so that nobody can push them out by adding the user to others. */
async function fittingChats(memberships: Membership[]): Promise<ChatWithParticipants[]> {
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

/** The chats of these memberships as the user sees them, newest message first; if they don't fit, those joined first. */
export async function toChats(userId: string, memberships: Membership[]): Promise<Chat[]> {
  const chats = await fittingChats(memberships);
  const lastStored = await getLastMessages(chats);
  const others = chats.filter(({ type }) => type === 'direct').map((chat) => otherIn(chat, userId));
  // Reads all names at once; the lookups below find them in the cache.
  await namesOf([...peopleIn(lastStored), ...others]);
  const last = new Map((await toMessages(lastStored)).map((message) => [message.chatId, message]));
  // Not the last number given out, which may be a gap: a gap could never be marked as read.
  const lastSeqOf = ({ id }: ChatWithParticipants) => last.get(id)?.seq ?? 0;
  const readSeqs = new Map(memberships.map(({ chatId, readSeq }) => [chatId, readSeq]));
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
      unreadCount: Math.max(0, lastSeqOf(chat) - (readSeqs.get(chat.id) ?? 0)),
    })),
  );
  const newestAt = (chat: Chat) => chat.lastMessageAt ?? chat.createdAt;
  return shown.sort((a, b) => (newestAt(a) < newestAt(b) ? 1 : -1));
}
