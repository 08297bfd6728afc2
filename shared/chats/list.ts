import type { Chat } from '#shared/contract/chats/chat.ts';
import { epoch } from '#shared/data/changes/epoch.ts';
import {
  type ChatWithParticipants,
  getChatsAlone,
  type Chat as StoredChat,
  withParticipants,
} from '#shared/data/chats/chats.ts';
import type { Membership } from '#shared/data/chats/memberships.ts';
import { getLastMessages } from '#shared/data/chats/messages.ts';
import { mentionCount, unreadCount } from '#shared/data/chats/read-marks.ts';
import { avatarOf, type Person, peopleOf } from '#shared/people/display-names.ts';
import { inBatches } from '#shared/platform/lists.ts';
import { pictureOf, shownRules } from './groups.ts';
import { peopleIn } from './messages/message-content.ts';
import { toMessage } from './messages/messages.ts';
import { lastMessageOf, preview } from './messages/preview.ts';
import { toOwnSettings } from './own-settings.ts';

/** Bytes of the chats in an answer, which is within Lambda's limit of 6 MB. */
const maxBytes = 5_500_000;

/** The bytes that a chat takes in Lambda's result, where the body is a string: its quotes are escaped. */
const sizeOf = (chat: Chat): number => Buffer.byteLength(JSON.stringify(JSON.stringify(chat)));

/** Chats that are read at once. */
const batchSize = 100;

const newestAt = ({ lastAt, createdAt }: StoredChat): string => lastAt ?? createdAt;

/** Where a chat is in the list, as a text that is the higher the earlier. It is the cursor of the page that ends with it. */
const positionOf = (chat: StoredChat): string => `${newestAt(chat)}~${chat.id}`;

/**
 * The user's chats from a cursor on, newest message first: at most `limit`, and as many as fit into an answer. The result has
 * a cursor if there are more.
 */
export async function listChats(
  userId: string,
  memberships: Membership[],
  { cursor, limit = Number.POSITIVE_INFINITY }: { cursor?: string | undefined; limit?: number | undefined },
): Promise<{ chats: Chat[]; cursor?: string }> {
  const hiddenUpTo = new Map(memberships.map(({ chatId, hiddenUpTo: seq = -1 }) => [chatId, seq]));
  const all = await getChatsAlone([...hiddenUpTo.keys()]);
  const listed = all
    .filter((chat) => chat.seq > (hiddenUpTo.get(chat.id) ?? -1))
    .filter((chat) => cursor === undefined || positionOf(chat) < cursor)
    .sort((a, b) => (positionOf(a) < positionOf(b) ? 1 : -1));
  const page: Chat[] = [];
  let bytes = 0;
  for (const batch of inBatches(listed.slice(0, limit), batchSize)) {
    for (const chat of await toChats(userId, memberships, batch)) {
      bytes += sizeOf(chat);
      if (bytes > maxBytes) return { chats: page, cursor: positionOf(listed[page.length - 1] as StoredChat) };
      page.push(chat);
    }
  }
  const last = listed[page.length - 1];
  return { chats: page, ...(last && page.length < listed.length && { cursor: positionOf(last) }) };
}

const otherIn = ({ participantIds }: ChatWithParticipants, userId: string): string =>
  participantIds.find((id) => id !== userId) ?? 'nobody';

/** What a direct chat shows of the other person. */
function toOther(id: string, people: Map<string, Person>): Pick<Chat, 'name' | 'userDeleted' | 'pictureUrl'> {
  const { name, userDeleted, ...person } = people.get(id) as Person;
  const { avatarUrl: pictureUrl } = avatarOf(id, person);
  return { name, ...(userDeleted && { userDeleted }), ...(pictureUrl && { pictureUrl }) };
}

/** The chats as the user sees them, in their order. */
export async function toChats(userId: string, memberships: Membership[], stored: StoredChat[]): Promise<Chat[]> {
  const [chats, lastStored] = await Promise.all([withParticipants(stored), getLastMessages(stored)]);
  const others = chats.filter(({ type }) => type === 'direct').map((chat) => otherIn(chat, userId));
  const people = await peopleOf([...peopleIn(lastStored), ...others]);
  // Without the quotes, which the list does not show.
  const last = new Map(lastStored.map((message) => [message.chatId, toMessage(message, people)]));
  // Not the last number given out, which may be a gap: a gap could never be marked as read.
  const lastSeqOf = ({ id }: StoredChat) => last.get(id)?.seq ?? 0;
  const membershipOf = new Map(memberships.map((membership) => [membership.chatId, membership]));
  return chats.flatMap((chat) => {
    const membership = membershipOf.get(chat.id);
    if (!membership) return [];
    return {
      id: chat.id,
      name: chat.name,
      ...(chat.type === 'direct' ? toOther(otherIn(chat, userId), people) : pictureOf(chat)),
      type: chat.type,
      participantIds: chat.participantIds,
      inviteCode: chat.inviteCode,
      createdAt: chat.createdAt,
      lastMessageAt: last.get(chat.id)?.createdAt ?? chat.createdAt,
      lastMessage: preview(last.get(chat.id)?.content),
      ...lastMessageOf(last.get(chat.id)),
      lastSeq: lastSeqOf(chat),
      unreadCount: unreadCount(lastSeqOf(chat), membership, chat),
      lastRev: chat.rev ?? 0,
      epoch,
      mentionCount: mentionCount(lastSeqOf(chat), membership, chat),
      ...(membership.unreadFrom !== undefined && { markedUnread: true as const }),
      ...toOwnSettings(membership),
      ...shownRules(chat),
    };
  });
}
