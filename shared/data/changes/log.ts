import { settings } from '#shared/platform/settings.ts';
import { closureOf, isOpen, leavingMs, recordOf } from '../chats/numbers.ts';
import { keys } from '../keys.ts';
import { deleteItems, queryItems, writeBatch } from '../table.ts';
import { updateIf } from '../write.ts';

/**
 * Every change of a message has a number in its chat, `rev`, and an entry in the chat's log. The entry comes before the
 * change: a function that breaks off leaves a number without an entry or an entry without a change, and both are harmless.
 * Only the newest entry of a message is needed, so the log does not grow with each change of the same one.
 */

const table = settings.chatTable();

export interface Change {
  rev: number;
  /** The number of the changed message. */
  seq: number;
  kind: 'edit' | 'delete' | 'react' | 'pin' | 'unpin';
  by: string;
  /** When the number had been taken, ISO 8601. */
  at: string;
}

/** How long a number that was taken may still get its change, milliseconds: a function lives at most 28 s. */
const settlingMs = 60_000;

/**
 * Takes the chat's next change number. `blocked` means a direct chat with a block and `locked` one that the operator has
 * locked, where only deletions are allowed, and `leaving` that the user is leaving the chat. Without a user none of this is
 * looked at.
 */
export async function takeRev(
  chatId: string,
  by?: { userId: string; kind: Change['kind'] },
): Promise<number | 'gone' | 'blocked' | 'locked' | 'leaving'> {
  const { refused, item = {} } = await updateIf({
    TableName: table,
    Key: keys.chat(chatId),
    UpdateExpression: 'ADD rev :one',
    ConditionExpression: [
      'attribute_exists(pk)',
      ...(by ? ['(attribute_not_exists(#leaving) OR #leaving < :past)'] : []),
      ...(by && by.kind !== 'delete' ? [isOpen] : []),
    ].join(' AND '),
    ...(by && { ExpressionAttributeNames: { '#leaving': recordOf(by.userId) } }),
    ExpressionAttributeValues: { ':one': 1, ...(by && { ':past': Date.now() - leavingMs }) },
    ReturnValues: 'UPDATED_NEW',
  });
  if (!refused) return item.rev;
  if (item.pk === undefined) return 'gone';
  return closureOf(item) ?? 'leaving';
}

/**
 * Stores an entry, and deletes one of the same message that is not needed any more. That of a deletion also deletes the
 * assistant's suggestions, which may quote the message.
 */
export async function storeChange(chatId: string, change: Change, superseded?: number): Promise<void> {
  const put = { PutRequest: { Item: { ...keys.change(chatId, change.rev), ...change } } };
  const unneeded = [
    ...(superseded === undefined ? [] : [keys.change(chatId, superseded)]),
    ...(change.kind === 'delete' ? [keys.suggestions(chatId)] : []),
  ];
  await writeBatch(table, [put, ...unneeded.map((Key) => ({ DeleteRequest: { Key } }))]);
}

/** Deletes the entry of a change that was not made. */
export const forgetChange = (chatId: string, rev: number): Promise<void> =>
  deleteItems(table, [keys.change(chatId, rev)]);

/** Whether a message was deleted in the last minute, or is being deleted. */
export async function hasRecentDeletion(chatId: string): Promise<boolean> {
  const entries = await listEntries(chatId, { limit: newest, newestFirst: true });
  return entries.some((entry) => entry.kind === 'delete' && !isSettled(entry));
}

/** The lower number of a message's last two entries: nobody needs that entry once there is a new one. */
export const supersededBy = ({ rev = 0, supersededRev = 0 }: { rev?: number; supersededRev?: number }) =>
  Math.min(rev, supersededRev) || undefined;

interface LogRange {
  limit: number;
  after?: number;
  upTo?: number;
  newestFirst?: boolean;
}

/** The entries after one number up to another. */
export function listEntries(chatId: string, { limit, after = 0, upTo, newestFirst = false }: LogRange) {
  return queryItems<Change>(
    {
      TableName: table,
      KeyConditionExpression: 'pk = :log AND sk BETWEEN :first AND :last',
      ExpressionAttributeValues: {
        ':log': keys.change(chatId, 0).pk,
        ':first': keys.change(chatId, after + 1).sk,
        ':last': keys.change(chatId, upTo ?? highestRev).sk,
      },
      ScanIndexForward: !newestFirst,
    },
    limit,
  );
}

const highestRev = 999_999_999_999;

/** Whether the change of this entry, and of every entry below it, has been made or never will be. */
export const isSettled = ({ at }: Change, now = Date.now()): boolean => now - Date.parse(at) >= settlingMs;

/** Entries that are read at first, to find a settled one. */
const newest = 50;

/**
 * A number up to which every change has been made: the highest one, unless more than 50 messages have changed in the last
 * minute. Then it looks further back, each time twice as far.
 */
export async function settledRev(chatId: string): Promise<number> {
  let upTo = highestRev;
  for (let limit = newest, step = newest; ; limit = 1, step *= 2) {
    const entries = await listEntries(chatId, { limit, upTo, newestFirst: true });
    const settled = entries.find((entry) => isSettled(entry));
    if (settled) return settled.rev;
    const last = entries.at(-1);
    if (!last || entries.length < limit || last.rev <= step) return 0;
    upTo = last.rev - step;
  }
}
