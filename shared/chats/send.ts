import type { Draft } from '#shared/contract/chats/draft.ts';
import { sending } from '#shared/contract/chats/limits.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { type Membership, markWritten } from '#shared/data/chats/memberships.ts';
import { findSent, getMessage, type StoredMessage, storeMessage } from '#shared/data/chats/messages.ts';
import { recordGap } from '#shared/data/chats/numbers.ts';
import { recordOwn } from '#shared/data/chats/read-marks.ts';
import { deliverToChat, redeliver } from '#shared/delivery/to-chat.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { Problem } from '#shared/platform/problem.ts';
import { requireDeliveryBudget, requireWriterWithin } from './access.ts';
import { readAuthor } from './author.ts';
import { isDirectId } from './direct-id.ts';
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
 * stored again. Throws `not_a_participant`, `blocked`, `too_many_requests` and `client_id_reused`.
 */
export async function send({ chatId, userId, connectionId }: Sender, draft: Draft): Promise<Message> {
  const { content, clientId } = draft;
  const [author, membership] = await Promise.all([
    readAuthor(userId, { chatId, clientId }),
    requireWriterWithin(sending, userId, chatId),
  ]);
  const { userName, sentSeq } = author;
  requireDeliveryBudget(author);
  if (sentSeq === undefined) {
    if (isDirectId(chatId) && !membership.hasWritten) await markWritten(userId, chatId);
    const stored = await storeNext({ chatId, userId, type: 'text', content, clientId }, userName, membership);
    if (stored) {
      await deliverToChat(stored, connectionId);
      return stored;
    }
  }
  // If two came at the same moment, the store has refused the second: the first is there now.
  const seq = sentSeq ?? ((await findSent(chatId, userId, clientId as string)) as number);
  const first = await getMessage(chatId, seq);
  if (first?.content !== content) throw new Problem('client_id_reused');
  const message = toMessageBy(first, userName);
  // The request that stored it may have broken off before it recorded the number.
  await Promise.all([redeliver(message, connectionId), recordOwn(membership, first.seq)]);
  return message;
}

/** A message before it is stored. */
export type Unnumbered = Omit<StoredMessage, 'seq' | 'createdAt'>;

/** Stores a message that nobody can have sent before, and delivers it. */
export async function publish(draft: Unnumbered, userName: string): Promise<Message> {
  const message = (await storeNext(draft, userName)) as Message;
  await deliverToChat(message);
  return message;
}

/**
 * Gives a message its number and its time and stores it; undefined if its `clientId` was used before. The number is one of
 * the author's own, whose membership is given; an answer of the assistant has none.
 */
async function storeNext(draft: Unnumbered, userName: string, author?: Membership): Promise<Message | undefined> {
  // An answer of the assistant is on behalf of the person who asked.
  const { seq, at } = await nextNumber(draft.chatId, { userId: draft.askedBy ?? draft.userId });
  const stored = { ...draft, seq, createdAt: at };
  // Beside the store, so that it takes no time. If the store fails or refuses, the number is a gap, which is not unread either.
  const recorded = author && recordOwn(author, seq);
  if ((await storeMessage(stored).finally(() => recorded)) === 'clientId used') {
    await recordGap(draft.chatId, seq);
    return undefined;
  }
  countMetric('Messages');
  return toMessageBy(stored, userName);
}
