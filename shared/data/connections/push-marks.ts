import { randomUUID } from 'node:crypto';
import { settings } from '#shared/platform/settings.ts';
import { connectionKeys as keys } from '../keys.ts';
import { nowInSeconds, putIf, updateIf } from '../write.ts';

/**
 * The mark of a page of a chat's participants: up to which message the page has been pushed. A worker locks the mark
 * while it pushes, so that events that come twice, at the same time or out of order push everything once.
 */

const table = settings.connectionsTable();

export interface PushMark {
  /** Every message up to this number has been pushed to its recipients, except `missingSeqs`. */
  pushedSeq?: number | undefined;
  /** When somebody last got a push. Milliseconds since the epoch. */
  pushedAt?: number | undefined;
  /** Numbers up to `pushedSeq` whose messages were not stored yet. */
  missingSeqs?: Set<number> | undefined;
  /** The `rev` of each edit whose mentions have been pushed. */
  edits?: Set<number> | undefined;
  /** The last edit of each message that was pushed after that edit, by `seq`: that push covered its mentions too. */
  editedBefore?: Record<string, number> | undefined;
  /** By session, devices that Firebase could not serve: the `seq` after which they got nothing, and when to retry. */
  behind?: Record<string, { since: number; notBefore: number }>;
  /** No retry could be enqueued for the devices that are behind: whoever comes next with the same work has to. */
  unretried?: true | undefined;
}

/** Longer than an event can be in the queue. Seconds. */
const lifetime = 24 * 60 * 60;
/** Longer than the 28 s that a worker may run: the owner of an older lock has died. Milliseconds. */
const lockMs = 30_000;
/** How long to wait for a locked mark, milliseconds. */
const lockedWaitMs = 2000;
/** A page gets at most one push of a chat in this time, milliseconds. */
const windowMs = 10_000;

/** What to push: a message, the new mentions of an edit, or what Firebase could not deliver before. */
export type PushWork = { seq: number } | { edit: number } | 'retry';

/** A locked mark. `lock` is the lock's id, which releases it. */
interface Locked {
  mark: PushMark;
  lock: string;
  /** Whether a worker that died may have pushed more than the mark says. */
  isInterrupted: boolean;
}

const isDone = ({ pushedSeq = 0, missingSeqs, edits }: PushMark, work: PushWork): boolean => {
  if (work === 'retry') return false;
  return 'edit' in work ? edits?.has(work.edit) === true : work.seq <= pushedSeq && !missingSeqs?.has(work.seq);
};

/** The conditions for beginning work, one of which is that it is not done yet. */
function startConditions(work: PushWork, now: number) {
  // Also with this very lock, if DynamoDB's client repeats the write because its answer was lost.
  const free = '(attribute_not_exists(lockedUntil) OR lockedUntil <= :now OR lockId = :lock)';
  if (work === 'retry') return { ConditionExpression: free, values: {} };
  const due = '(attribute_not_exists(pushedAt) OR pushedAt <= :windowStart)';
  const open =
    'edit' in work
      ? 'NOT contains(edits, :work)'
      : '(attribute_not_exists(pushedSeq) OR pushedSeq < :work OR contains(missingSeqs, :work))';
  const values = { ':windowStart': now - windowMs, ':work': 'edit' in work ? work.edit : work.seq };
  return { ConditionExpression: `${free} AND ${due} AND ${open}`, values };
}

/** Until all devices that are behind may be tried again, milliseconds. */
const longestWait = ({ behind = {} }: PushMark, now: number): number =>
  Math.max(0, ...Object.values(behind).map(({ notBefore }) => notBefore - now));

/** Locks the mark of a page for this work. Returns "done" if it is already done, or how many milliseconds to wait. */
export async function beginPush(
  chatId: string,
  page: number,
  work: PushWork,
): Promise<Locked | 'done' | { waitMs: number } | { retryMs: number }> {
  const now = Date.now();
  const lock = randomUUID();
  const { ConditionExpression, values } = startConditions(work, now);
  const { refused, item = {} } = await updateIf({
    TableName: table,
    Key: keys.pushed(chatId, page),
    UpdateExpression: 'SET lockId = :lock, lockedUntil = :lockedUntil, expiresAt = :expiresAt',
    ConditionExpression,
    ExpressionAttributeValues: {
      ':now': now,
      ':lock': lock,
      ':lockedUntil': now + lockMs,
      ':expiresAt': nowInSeconds() + lifetime,
      ...values,
    },
    ReturnValues: 'ALL_OLD',
  });
  const mark = item as PushMark & { lockedUntil?: number };
  const untilDue = (mark.pushedAt ?? 0) + windowMs - now;
  if (!refused) return { mark, lock, isInterrupted: mark.lockedUntil !== undefined && untilDue <= 0 };
  if (isDone(mark, work)) return mark.unretried ? { retryMs: longestWait(mark, now) } : 'done';
  const isLocked = (mark.lockedUntil ?? 0) > now;
  return { waitMs: isLocked ? lockedWaitMs : Math.max(1, untilDue) };
}

/** Stores the mark after the work and unlocks it. Returns false if the lock expired and another worker has it. */
export async function endPush(chatId: string, page: number, lock: string, mark: PushMark): Promise<boolean> {
  const { pushedSeq, pushedAt, missingSeqs, edits, editedBefore, behind, unretried } = mark;
  const { refused } = await putIf({
    TableName: table,
    Item: {
      ...keys.pushed(chatId, page),
      ...{ pushedSeq, pushedAt, editedBefore, behind, unretried },
      ...(missingSeqs?.size && { missingSeqs }),
      ...(edits?.size && { edits }),
      expiresAt: nowInSeconds() + lifetime,
    },
    ConditionExpression: 'lockId = :lock',
    ExpressionAttributeValues: { ':lock': lock },
  });
  return !refused;
}

/** Releases the lock if nothing has been pushed. */
export async function abandonPush(chatId: string, page: number, lock: string): Promise<void> {
  await updateIf({
    TableName: table,
    Key: keys.pushed(chatId, page),
    UpdateExpression: 'REMOVE lockId, lockedUntil',
    ConditionExpression: 'lockId = :lock',
    ExpressionAttributeValues: { ':lock': lock },
  });
}
