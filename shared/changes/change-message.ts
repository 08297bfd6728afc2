import {
  requireMayWrite,
  requireNotSuspended,
  requireParticipantWithin,
  requireWriterWithin,
} from '#shared/chats/access.ts';
import { findSeq } from '#shared/chats/messages/find-message.ts';
import { toMessages } from '#shared/chats/messages/messages.ts';
import { refusedNumber } from '#shared/chats/messages/next-number.ts';
import { changing, reacting } from '#shared/contract/chats/limits.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { type BeforeChange, readBeforeChange } from '#shared/data/changes/before-change.ts';
import { type Change, forgetChange, storeChange, supersededBy, takeRev } from '#shared/data/changes/log.ts';
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
  /** The change's number, once it has one: a plan that is made again must not undo what came later. */
  rev?: number;
}

/** A change that has something to do. */
export interface Plan {
  /** Makes the change under its number, unless the message is not the one any more that the plan was made for. */
  apply: (rev: number) => Promise<Updated>;
  /** What follows from it, beside its delivery. Never throws. */
  follow?: ((changed: StoredMessage) => Promise<unknown>) | undefined;
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
 * Throws `not_a_participant`, `blocked`, `chat_locked`, `suspended`, `message_not_found`, `changed_meanwhile`, `unavailable`
 * and `too_many_requests`.
 */
export async function changeMessage(
  kind: Change['kind'],
  changing: Changing,
  plan: (before: Before) => Plan | undefined | Promise<Plan | undefined>,
): Promise<Message> {
  const { chatId, userId } = changing;
  const before = await readBefore(kind, changing);
  const { message, budget, participantCount } = before;
  // Erasing text is never too much; it is only not sent live then.
  if (kind === 'delete') requireNotSuspended(before);
  else requireMayWrite(before);
  const isLive = secondsOver(budget) === 0 && (kind !== 'react' || participantCount <= maxParticipantsForReactions);
  const first = await plan(before);
  if (!first) return wasJustMade(kind, userId, message) ? deliver({ message }, { userId, isLive }) : show(message);
  const deadline = Date.now() + maxMs;
  const rev = await nextRev(chatId, { userId, kind });
  const entry = { rev, seq: message.seq, kind, by: userId, at: new Date().toISOString() };
  await storeChange(chatId, entry, supersededBy(message));
  const planAgain = (found: StoredMessage) => plan({ ...before, message: found, rev });
  const made = await carryOut(first, rev, { planAgain, deadline }).catch(async (error) => {
    // The log shall not grow with changes that are refused. After any other failure the change may still be made.
    if (error instanceof Problem) await forgetChange(chatId, rev);
    throw error;
  });
  return deliver(made, { userId, isLive, rev });
}

async function readBefore(kind: Change['kind'], { chatId, messageId, userId }: Changing): Promise<Before> {
  const [membership, read] = await Promise.all([
    requireMayChange(kind, userId, chatId),
    findSeq(chatId, messageId).then((seq) =>
      seq === undefined ? undefined : readBeforeChange(chatId, seq, { userId, budget: deliveryBudget }),
    ),
  ]);
  if (!read?.message) throw new Problem('message_not_found');
  if (read.name !== undefined) cacheName(userId, read.name);
  return { ...read, message: read.message, membership };
}

/** A message after its change, and what follows from it. */
interface Made {
  message: StoredMessage;
  follow?: Plan['follow'];
}

/** Makes the change as planned, or as planned again for the message as it was found. */
async function carryOut(
  first: Plan,
  rev: number,
  again: { planAgain: (found: StoredMessage) => Plan | undefined | Promise<Plan | undefined>; deadline: number },
): Promise<Made> {
  let plan: Plan | undefined = first;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    if (Date.now() > again.deadline) throw new Problem('unavailable', { retryAfter: 1 });
    const result = await plan.apply(rev);
    if ('changed' in result) return { message: result.changed, follow: plan.follow };
    if (!result.found) throw new Problem('message_not_found');
    plan = await again.planAgain(result.found);
    // Perhaps by this request itself: the database client repeats a write whose answer is lost.
    if (!plan) return { message: result.found, follow: first.follow };
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
  throw await refusedNumber(rev, by.userId, chatId);
}

/** Whether the user has just made this edit or deletion. */
function wasJustMade(kind: Change['kind'], userId: string, message: StoredMessage): boolean {
  const { editedAt, deletedAt, deletedBy, userId: authorId } = message;
  const at = kind === 'delete' && deletedBy === userId ? deletedAt : undefined;
  const madeAt = kind === 'edit' && authorId === userId ? editedAt : at;
  return madeAt !== undefined && Date.now() - Date.parse(madeAt) < redeliveryMs;
}

async function show(message: StoredMessage): Promise<Message> {
  const [shown] = await toMessages([message]);
  return shown as Message;
}

/** Delivers a message under the number of its change, by default the last one's. Returns it as its readers see it. */
async function deliver(
  { message, follow }: Made,
  { userId, isLive, rev = message.rev ?? 0 }: { userId: string; isLive: boolean; rev?: number },
): Promise<Message> {
  const shown = show(message);
  const [result] = await Promise.all([
    shown,
    follow?.(message),
    deliverChange(message.chatId, { shown, seq: message.seq, rev, userId, isLive }),
  ]);
  return result;
}
