import { settings } from '#shared/platform/settings.ts';
import { connectionKeys as keys } from '../keys.ts';
import { nowInSeconds, putIf, updateIf } from '../write.ts';

/**
 * How far a page of a chat's participants has been pushed to. While one function pushes it holds the mark locked, so that
 * events that come twice, at the same time or in another order push everything once.
 */

const table = settings.connectionsTable();

export interface PushMark {
  /** Every message up to this number has been pushed to those whom it concerns. */
  pushedSeq?: number | undefined;
  /** The last time that somebody got a push. Milliseconds since the epoch. */
  pushedAt?: number | undefined;
  /** Numbers up to `pushedSeq` whose messages were not there yet. */
  missingSeqs?: Set<number> | undefined;
  /** The changes whose mentions have been pushed. */
  edits?: Set<number> | undefined;
  /** The last edit of messages that were pushed after it, by their numbers: such a push tells of its mentions too. */
  editedBefore?: Record<string, number> | undefined;
  /** Devices that Firebase could not serve: the number after which they have got nothing, and when they may be tried again. */
  behind?: Record<string, { since: number; notBefore: number }>;
}

/** Longer than an event can be in the queue. Seconds. */
const lifetime = 24 * 60 * 60;
/** Longer than the function runs, 28 s: then a lock belongs to a function that has died. Milliseconds. */
const lockMs = 30_000;
/** When to look at a locked mark again, milliseconds. */
const lockedWaitMs = 2000;
/** Nobody gets more than one push of a chat in this time, milliseconds. */
const windowMs = 10_000;

/** What is to be pushed: a message, the mentions of an edit, or what devices did not get before. */
export type PushWork = { seq: number } | { edit: number } | 'retry';

/** A mark that is locked; `lock` is given back with it. */
interface Locked {
  mark: PushMark;
  lock: number;
}

const isDone = ({ pushedSeq = 0, missingSeqs, edits }: PushMark, work: PushWork): boolean => {
  if (work === 'retry') return false;
  return 'edit' in work ? edits?.has(work.edit) === true : work.seq <= pushedSeq && !missingSeqs?.has(work.seq);
};

/** The conditions under which work may begin, which also say that it is not done. */
function startConditions(work: PushWork, now: number) {
  const free = '(attribute_not_exists(lockedUntil) OR lockedUntil <= :now)';
  if (work === 'retry') return { ConditionExpression: free, values: {} };
  const due = '(attribute_not_exists(pushedAt) OR pushedAt <= :windowStart)';
  const open =
    'edit' in work
      ? 'NOT contains(edits, :work)'
      : '(attribute_not_exists(pushedSeq) OR pushedSeq < :work OR contains(missingSeqs, :work))';
  const values = { ':windowStart': now - windowMs, ':work': 'edit' in work ? work.edit : work.seq };
  return { ConditionExpression: `${free} AND ${due} AND ${open}`, values };
}

/** Locks the mark of a page for this work. Otherwise says that the work is done, or how long to wait, in milliseconds. */
export async function beginPush(
  chatId: string,
  page: number,
  work: PushWork,
): Promise<Locked | 'done' | { waitMs: number }> {
  const now = Date.now();
  const lock = now + lockMs;
  const { ConditionExpression, values } = startConditions(work, now);
  const { refused, item = {} } = await updateIf({
    TableName: table,
    Key: keys.pushed(chatId, page),
    UpdateExpression: 'SET lockedUntil = :lock, expiresAt = :expiresAt',
    ConditionExpression,
    ExpressionAttributeValues: { ':now': now, ':lock': lock, ':expiresAt': nowInSeconds() + lifetime, ...values },
    ReturnValues: 'ALL_NEW',
  });
  const mark = item as PushMark & { lockedUntil?: number };
  if (!refused) return { mark, lock };
  if (isDone(mark, work)) return 'done';
  const isLocked = (mark.lockedUntil ?? 0) > now;
  return { waitMs: isLocked ? lockedWaitMs : Math.max(1, (mark.pushedAt ?? 0) + windowMs - now) };
}

/** Stores the mark after the work, and unlocks it. Returns false if another function has taken the lock, which was too old. */
export async function endPush(chatId: string, page: number, { mark, lock }: Locked): Promise<boolean> {
  const { pushedSeq, pushedAt, missingSeqs, edits, editedBefore, behind } = mark;
  const { refused } = await putIf({
    TableName: table,
    Item: {
      ...keys.pushed(chatId, page),
      ...{ pushedSeq, pushedAt, editedBefore, behind },
      ...(missingSeqs?.size && { missingSeqs }),
      ...(edits?.size && { edits }),
      expiresAt: nowInSeconds() + lifetime,
    },
    ConditionExpression: 'lockedUntil = :lock',
    ExpressionAttributeValues: { ':lock': lock },
  });
  return !refused;
}

/** Gives the lock back after work that failed. */
export async function abandonPush(chatId: string, page: number, lock: number): Promise<void> {
  await updateIf({
    TableName: table,
    Key: keys.pushed(chatId, page),
    UpdateExpression: 'REMOVE lockedUntil',
    ConditionExpression: 'lockedUntil = :lock',
    ExpressionAttributeValues: { ':lock': lock },
  });
}
