import { randomUUID } from 'node:crypto';
import type { Draft } from '#shared/contract/chats/draft.ts';
import { sending } from '#shared/contract/chats/limits.ts';
import type { Message, Quote } from '#shared/contract/chats/message.ts';
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
import type { PostingRules } from '#shared/data/chats/posting.ts';
import { recordOwn } from '#shared/data/chats/read-marks.ts';
import { deliverToChat, redeliver } from '#shared/delivery/to-chat.ts';
import { type CheckedFile, checkFiles, usedMeanwhile } from '#shared/files/check.ts';
import { infoOf, keepForMessage } from '#shared/files/keep.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { Problem } from '#shared/platform/problem.ts';
import { requireMayWrite, requireMentionable, requireWriterWithin } from '../access.ts';
import { isDirectId } from '../direct-id.ts';
import { requireMayPost, takeTurn } from '../posting.ts';
import { readAuthor } from './author.ts';
import { findSeq } from './find-message.ts';
import { getFirst, hashDraft } from './first-draft.ts';
import { toMessageBy, toMessages } from './messages.ts';
import { nextNumber } from './next-number.ts';
import { quoteOf } from './quotes.ts';

interface Sender {
  chatId: string;
  userId: string;
  /** The connection that the message came on. */
  connectionId?: string;
}

/**
 * Stores a message, then delivers it to every connection of its chat. A message that its author has sent before is not
 * stored again: it is delivered as it is now. Throws `not_a_participant`, `blocked`, `too_many_requests`,
 * `posting_restricted`, `role_too_low`, `unknown_reply`, `file_refused` and `client_id_reused`.
 */
export async function send({ chatId, userId, connectionId }: Sender, draft: Draft): Promise<Message> {
  const { clientId } = draft;
  const [author, membership] = await Promise.all([
    readAuthor(userId, { chatId, clientId }),
    requireWriterWithin(sending, userId, chatId),
  ]);
  requireMayWrite(author);
  const message = author.sent ? undefined : await sendNew(draft, membership, author);
  if (message) {
    await Promise.all([deliverToChat(message, connectionId), recordMentions(message)]);
    return message;
  }
  const again = { ...draft, chatId, userId, clientId: clientId as string };
  // If two came at the same moment, the store has refused the second: the first is there now.
  const marker = author.sent ?? ((await getSentMarker(chatId, userId, again.clientId)) as SentMarker);
  const first = await getFirst(marker, again);
  const [shown] = (await toMessages([first])) as [Message];
  // The request that stored it may have broken off before it recorded the number and the mentions.
  await Promise.all([redeliver(shown, connectionId), recordOwn(membership, first.seq), recordMentions(first)]);
  return shown;
}

/** Stores what a participant sends; undefined if its `clientId` was used before. */
async function sendNew(
  draft: Draft,
  membership: Membership,
  { userName, rules }: { userName: string; rules: PostingRules },
): Promise<Message | undefined> {
  const { chatId, userId, hasWritten } = membership;
  const { content, clientId, replyToId } = draft;
  requireMayPost(membership, rules, clientId);
  const [replyTo, mentioning, files] = await Promise.all([
    replyToId === undefined ? undefined : readReplied(chatId, replyToId),
    requireMentionable(draft, membership, chatId),
    readFiles(membership, draft),
  ]);
  if (!files) return undefined;
  // Last: a message that is refused takes no turn.
  await takeTurn(membership, rules, clientId ?? randomUUID());
  if (isDirectId(chatId) && !hasWritten) await markWritten(userId, chatId);
  const unnumbered = {
    chatId,
    userId,
    type: 'text',
    ...(content && { content }),
    clientId,
    replyToSeq: replyTo?.seq,
    ...mentioning,
  } as const;
  const draftHash = clientId === undefined ? undefined : hashDraft({ ...draft, chatId, userId, clientId });
  const stored = await storeNext(unnumbered, { author: membership, draftHash, files });
  return stored && toMessageBy(stored, userName, replyTo);
}

/** The files of a draft; undefined if the message was sent at the same moment by another request, which has used them. */
async function readFiles({ chatId, userId }: Membership, draft: Draft): Promise<CheckedFile[] | undefined> {
  const { clientId, fileIds = [] } = draft;
  if (fileIds.length === 0) return [];
  const ids = [...new Set(fileIds)];
  const pathOf = (n: number) => `fileIds.${fileIds.indexOf(ids[n] as string)}`;
  return checkFiles(userId, ids, { purpose: 'message', pathOf }).catch(async (error) => {
    if (clientId !== undefined && (await getSentMarker(chatId, userId, clientId))) return undefined;
    throw error;
  });
}

/** The message that is replied to, which may be deleted. Throws `unknown_reply`. */
async function readReplied(chatId: string, messageId: string): Promise<Quote> {
  const seq = await findSeq(chatId, messageId);
  const replied = seq === undefined ? undefined : await getMessage(chatId, seq);
  if (!replied) throw new Problem('unknown_reply');
  return quoteOf(replied);
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
  { author, draftHash, files = [] }: { author?: Membership; draftHash: string | undefined; files?: CheckedFile[] },
): Promise<StoredMessage | undefined> {
  // An answer of the assistant is on behalf of the person who asked.
  const { seq, at } = await nextNumber(draft.chatId, { userId: draft.askedBy ?? draft.userId });
  const stored = { ...draft, seq, createdAt: at, ...(files.length > 0 && { files: files.map(infoOf) }) };
  // Beside the store, so that it takes no time. If the store fails or refuses, the number is a gap, which is not unread either.
  const recorded = author && recordOwn(author, seq);
  const kept = files.length > 0 ? keepForMessage(stored, files) : Promise.resolve();
  const refusal = await kept.then(() => storeMessage(stored, draftHash)).finally(() => recorded);
  if (refusal) await recordGap(draft.chatId, seq);
  if (refusal === 'clientId used') return undefined;
  if (refusal === 'file used') throw usedMeanwhile('fileIds');
  countMetric('Messages');
  return stored;
}
