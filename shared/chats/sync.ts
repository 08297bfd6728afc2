import { syncedMessages, syncPage } from '#shared/contract/websocket/index.ts';
import { getLastSeq } from '#shared/data/chats/chats.ts';
import { listMessages, type StoredMessage } from '#shared/data/chats/messages.ts';
import { countUse } from '#shared/data/limits.ts';
import { reply } from '#shared/delivery/reply.ts';
import { Problem } from '#shared/platform/problem.ts';
import { toMessages } from './messages.ts';

/**
 * How long a gap in the numbers may still be filled, milliseconds. A number is taken before its message is stored, by a
 * function that Lambda ends after 28 s; the clocks of two functions may differ a little.
 */
export const gapGraceMs = 60_000;

/** For all frames of one answer, milliseconds: API Gateway waits 29 s. */
const timeoutMs = 20_000;

/**
 * Posts the messages after a number to one connection, one after the other, then a `synced` frame that says how far
 * they went. Throws `too_many_requests`.
 */
export async function sync(connectionId: string, userId: string, chatId: string, after: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  const missed = Math.min(syncPage, (await getLastSeq(chatId)) - after);
  await requireAllowanceFor(userId, missed);
  const stored = missed > 0 ? await listMessages(chatId, { after, limit: syncPage }) : [];
  const frames = await toMessages(stored);
  let posted = 0;
  for (const frame of frames) {
    if (Date.now() >= deadline || !(await reply(connectionId, frame))) break;
    posted++;
  }
  const seq = settledUpTo(after, stored.slice(0, posted));
  // Not before a gap that may still be filled: the client would ask at once and get the same page again.
  const hasMore = posted < frames.length || frames.length === syncPage;
  const noOpenGap = seq === (stored[posted - 1]?.seq ?? after);
  const more = hasMore && noOpenGap;
  await reply(connectionId, { type: 'synced', seq, ...(more && { more }) });
}

async function requireAllowanceFor(userId: string, messages: number): Promise<void> {
  const usedUp = messages > 0 && (await countUse('websocket/sync:messages', userId, syncedMessages, messages));
  if (usedUp) throw new Problem('too_many_requests', { retryAfter: usedUp.retryAfter });
}

/** The number up to which nothing is missing and nothing more will come, given the messages after `after` in order. */
export function settledUpTo(after: number, messages: StoredMessage[], now = Date.now()): number {
  let settled = after;
  for (const { seq, createdAt } of messages) {
    // The number behind a gap was taken later than the gap's own: if that was long ago, nothing will fill the gap.
    if (seq !== settled + 1 && now - Date.parse(createdAt) < gapGraceMs) return settled;
    settled = seq;
  }
  return settled;
}
