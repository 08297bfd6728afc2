import { requireParticipantWithin, requireWriterWithin } from '#shared/chats/access.ts';
import { requireSeq } from '#shared/chats/find-message.ts';
import { toMessages } from '#shared/chats/messages.ts';
import { changing, reacting } from '#shared/contract/chats/limits.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { type BeforeChange, readBeforeChange } from '#shared/data/changes/before-change.ts';
import { type Change, storeChange, supersededBy, takeRev } from '#shared/data/changes/log.ts';
import type { Updated } from '#shared/data/changes/update-message.ts';
import type { Membership } from '#shared/data/chats/memberships.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import { deliverChange } from '#shared/delivery/changes.ts';
import { deliveryBudget, secondsOver } from '#shared/delivery/deliveries.ts';
import { cacheName } from '#shared/people/display-names.ts';
import { Problem } from '#shared/platform/problem.ts';

/** Who changes which message. */
export interface Changing {
  chatId: string;
  messageId: string;
  userId: string;
}

/** What is known before a change. */
export interface Before extends Omit<BeforeChange, 'message'> {
  message: StoredMessage;
  membership: Membership;
  /** The number of the change, once it has been tried: it may have been made, and undone by a later one. */
  tried?: number;
}

/** A change that has something to do. */
export interface Plan {
  /** Makes the change under its number, unless the message is not the one any more that the plan was made for. */
  apply: (rev: number) => Promise<Updated>;
  /** What follows from it, beside its delivery. Never throws. */
  follow?: (changed: StoredMessage) => Promise<unknown>;
}

/** How long after its number a change may still be made, milliseconds. Readers take it for settled after 60 s. */
const maxMs = 20_000;

/** How often a change is tried on a message that others change at the same time. */
const maxAttempts = 3;

/** For how long a repeated edit or deletion is delivered again, in case the first request broke off before. Milliseconds. */
const redeliveryMs = 60_000;

/** Larger chats learn of reactions when they catch up. */
const maxParticipantsForReactions = 50;

/**
 * Changes a message: number, log entry, update, delivery. The entry comes before the update, so that no reader can pass a
 * change it has not seen (shared/data/changes/log.ts). `plan` says what to do with the message as it is; it is asked again
 * when somebody else was faster, returns nothing if there is nothing to change, and throws why the change is refused.
 * Throws `not_a_participant`, `blocked`, `message_not_found`, `changed_meanwhile`, `unavailable` and `too_many_requests`.
 */
export async function changeMessage(
  kind: Change['kind'],
  { chatId, messageId, userId }: Changing,
  plan: (before: Before) => Plan | undefined | Promise<Plan | undefined>,
): Promise<Message> {
  const seq = await requireSeq(chatId, messageId);
  const [membership, { message: read, ...rest }] = await Promise.all([
    requireMayChange(kind, userId, chatId),
    readBeforeChange(chatId, seq, { userId, budget: deliveryBudget }),
  ]);
  if (!read) throw new Problem('message_not_found');
  if (rest.name !== undefined) cacheName(userId, rest.name);
  const planFor = (message: StoredMessage, tried?: number) =>
    plan({ ...rest, message, membership, ...(tried !== undefined && { tried }) });
  const isLive =
    secondsOver(rest.budget) === 0 && (kind !== 'react' || rest.participantCount <= maxParticipantsForReactions);
  const finish = (message: StoredMessage, follow?: Plan['follow']) => deliver(message, { userId, isLive }, follow);

  const first = await planFor(read);
  if (!first) return wasJustChanged(read) ? finish(read) : show(read);
  const startedAt = Date.now();
  const rev = await nextRev(chatId, { userId, kind });
  const change = { rev, seq, kind, by: userId, at: new Date().toISOString() };
  await storeChange(chatId, change, supersededBy(read));
  let current: Plan | undefined = first;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    if (Date.now() - startedAt > maxMs) throw new Problem('unavailable', { retryAfter: 1 });
    const result = await current.apply(rev);
    if ('changed' in result) return finish(result.changed, current.follow);
    if (!result.found) throw new Problem('message_not_found');
    current = await planFor(result.found, rev);
    // Perhaps by this request itself: the database client repeats a write whose answer is lost.
    if (!current) return finish(result.found);
  }
  throw new Problem('changed_meanwhile');
}

/** A deletion erases text, so not even a block stands in its way. */
function requireMayChange(kind: Change['kind'], userId: string, chatId: string): Promise<Membership> {
  if (kind === 'delete') return requireParticipantWithin(changing, userId, chatId);
  return requireWriterWithin(kind === 'react' ? reacting : changing, userId, chatId);
}

async function nextRev(chatId: string, by: { userId: string; kind: Change['kind'] }): Promise<number> {
  const rev = await takeRev(chatId, by);
  if (typeof rev === 'number') return rev;
  throw new Problem(rev === 'blocked' ? 'blocked' : 'not_a_participant');
}

function wasJustChanged({ editedAt, deletedAt = editedAt }: StoredMessage): boolean {
  return deletedAt !== undefined && Date.now() - Date.parse(deletedAt) < redeliveryMs;
}

async function show(message: StoredMessage): Promise<Message> {
  const [shown] = await toMessages([message]);
  return shown as Message;
}

async function deliver(
  stored: StoredMessage,
  { userId, isLive }: { userId: string; isLive: boolean },
  follow?: Plan['follow'],
): Promise<Message> {
  const shown = show(stored);
  const [message] = await Promise.all([
    shown,
    follow?.(stored),
    isLive && deliverChange(stored.chatId, { shown, seq: stored.seq, rev: stored.rev ?? 0, userId }),
  ]);
  return message;
}
