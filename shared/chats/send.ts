import type { Draft } from '#shared/contract/chats/draft.ts';
import { sending } from '#shared/contract/chats/limits.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { type Membership, markWritten } from '#shared/data/chats/memberships.ts';
import { recordMentions } from '#shared/data/chats/mentions.ts';
import {
  getMessage,
  getSentMarker,
  type SentMarker,
  type StoredMessage,
  storeMessage,
} from '#shared/data/chats/messages.ts';
import { recordGap } from '#shared/data/chats/numbers.ts';
import { recordOwn } from '#shared/data/chats/read-marks.ts';
import { deliverToChat, redeliver } from '#shared/delivery/to-chat.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { Problem } from '#shared/platform/problem.ts';
import { requireDeliveryBudget, requireMentionable, requireWriterWithin } from './access.ts';
import { readAuthor } from './author.ts';
import { isDirectId } from './direct-id.ts';
import { findSeq } from './find-message.ts';
import { getFirst, hashDraft } from './first-draft.ts';
import { toMessageBy } from './messages.ts';
import { nextNumber } from './next-number.ts';

interface Sender {
  chatId: string;
  userId: string;
  /** The connection that the message came on. */
  connectionId?: string;
}

/**
 * Stores a message, then delivers it to every connection of its chat. A message that its author has sent before is not
 * stored again: it is delivered as it is now. Throws `not_a_participant`, `blocked`, `too_many_requests`, `role_too_low`,
 * `unknown_reply` and `client_id_reused`.
 */
export async function send({ chatId, userId, connectionId }: Sender, draft: Draft): Promise<Message> {
  const { clientId } = draft;
  const [author, membership] = await Promise.all([
    readAuthor(userId, { chatId, clientId }),
    requireWriterWithin(sending, userId, chatId),
  ]);
  requireDeliveryBudget(author);
  const { userName, sent } = author;
  const stored = sent ? undefined : await storeDraft(draft, membership);
  if (stored) {
    const message = toMessageBy(stored, userName);
    await Promise.all([deliverToChat(message, connectionId), recordMentions(stored)]);
    return message;
  }
  const again = { ...draft, chatId, userId, clientId: clientId as string };
  // If two came at the same moment, the store has refused the second: the first is there now.
  const marker = sent ?? ((await getSentMarker(chatId, userId, again.clientId)) as SentMarker);
  const first = await getFirst(marker, again);
  const message = toMessageBy(first, userName);
  // The request that stored it may have broken off before it recorded the number and the mentions.
  await Promise.all([redeliver(message, connectionId), recordOwn(membership, first.seq), recordMentions(first)]);
  return message;
}

/** Stores what a participant sends; undefined if its `clientId` was used before. */
async function storeDraft(draft: Draft, membership: Membership): Promise<StoredMessage | undefined> {
  const { chatId, userId, hasWritten } = membership;
  const { content, clientId, replyToId } = draft;
  const [replyToSeq, mentioning] = await Promise.all([
    replyToId === undefined ? undefined : requireReplied(chatId, replyToId),
    requireMentionable(draft, membership, chatId),
  ]);
  if (isDirectId(chatId) && !hasWritten) await markWritten(userId, chatId);
  const draftHash = clientId === undefined ? undefined : hashDraft({ ...draft, chatId, userId, clientId });
  const unnumbered = { chatId, userId, type: 'text', content, clientId, replyToSeq, ...mentioning } as const;
  return storeNext(unnumbered, { author: membership, draftHash });
}

/** The number of the message that is replied to; it may be deleted. Throws `unknown_reply`. */
async function requireReplied(chatId: string, messageId: string): Promise<number> {
  const seq = await findSeq(chatId, messageId);
  const replied = seq === undefined ? undefined : await getMessage(chatId, seq);
  if (!replied) throw new Problem('unknown_reply');
  return replied.seq;
}

/** A message before it is stored. */
export type Unnumbered = Omit<StoredMessage, 'seq' | 'createdAt'>;

/** Stores a message that nobody can have sent before, and delivers it. Its `clientId` is found again with the hash. */
export async function publish(draft: Unnumbered, userName: string, draftHash?: string): Promise<Message> {
  const message = toMessageBy((await storeNext(draft, { draftHash })) as StoredMessage, userName);
  await deliverToChat(message);
  return message;
}

/**
 * Gives a message its number and its time and stores it; undefined if its `clientId` was used before. The number is one of
 * the author's own, whose membership is given; an answer of the assistant has none.
 */
async function storeNext(
  draft: Unnumbered,
  { author, draftHash }: { author?: Membership; draftHash: string | undefined },
): Promise<StoredMessage | undefined> {
  // An answer of the assistant is on behalf of the person who asked.
  const { seq, at } = await nextNumber(draft.chatId, { userId: draft.askedBy ?? draft.userId });
  const stored = { ...draft, seq, createdAt: at };
  // Beside the store, so that it takes no time. If the store fails or refuses, the number is a gap, which is not unread either.
  const recorded = author && recordOwn(author, seq);
  if ((await storeMessage(stored, draftHash).finally(() => recorded)) === 'clientId used') {
    await recordGap(draft.chatId, seq);
    return undefined;
  }
  countMetric('Messages');
  return stored;
}
