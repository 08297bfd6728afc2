import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import type { Item } from '../table.ts';
import { exists, updateIf } from '../write.ts';

/**
 * Every message of a chat has a number. From the number of "left" or "removed" on, the leaving user gets none: the same
 * update that gives out that number records on the chat who is leaving.
 */

const table = settings.chatTable();

/**
 * How long the record of a leaving user holds, milliseconds: longer than a function lives, because one may have checked
 * the membership just before it ended.
 */
const leavingMs = 60_000;

const prefix = 'leaving:';
const recordOf = (userId: string) => prefix + userId;

/** Who writes the message, and whom it reports as leaving or as joining. */
export interface Numbering {
  userId: string;
  leaving?: string | undefined;
  joining?: string[] | undefined;
}

/**
 * Takes the chat's next number; a number that is not used stays a gap. `leaving` means that the writer is, and `blocked`
 * that this is a direct chat in which one has blocked the other.
 */
export async function takeNumber(
  chatId: string,
  { userId, leaving, joining = [] }: Numbering,
): Promise<number | 'gone' | 'blocked' | 'leaving'> {
  const now = Date.now();
  const joined = Object.fromEntries(joining.map((id, n) => [`#joining${n}`, recordOf(id)]));
  const mayBeLeaving = userId === leaving || joining.includes(userId);
  const { refused, item } = await updateIf({
    TableName: table,
    Key: keys.chat(chatId),
    UpdateExpression: [
      'ADD seq :one',
      `SET lastAt = :at${leaving === undefined ? '' : ', #leaving = :now'}`,
      ...(joining.length === 0 ? [] : [`REMOVE ${Object.keys(joined)}`]),
    ].join(' '),
    ConditionExpression: [
      'attribute_exists(pk) AND attribute_not_exists(blockedBy)',
      ...(mayBeLeaving ? [] : ['(attribute_not_exists(#user) OR #user < :past)']),
    ].join(' AND '),
    ExpressionAttributeNames: {
      ...joined,
      ...(leaving !== undefined && { '#leaving': recordOf(leaving) }),
      ...(!mayBeLeaving && { '#user': recordOf(userId) }),
    },
    ExpressionAttributeValues: {
      ':one': 1,
      ':at': new Date(now).toISOString(),
      ...(leaving !== undefined && { ':now': now }),
      ...(!mayBeLeaving && { ':past': now - leavingMs }),
    },
    ReturnValues: leaving === undefined ? 'UPDATED_NEW' : 'ALL_NEW',
  });
  if (refused) return !item ? 'gone' : item.blockedBy ? 'blocked' : 'leaving';
  if (leaving !== undefined) await forget(chatId, outdated(item ?? {}, now));
  return item?.seq;
}

const outdated = (chat: Item, now: number): string[] =>
  Object.keys(chat).filter((name) => name.startsWith(prefix) && chat[name] < now - leavingMs);

/** A user whose leaving was refused stays, and goes on writing. */
export const forgetLeaving = (chatId: string, userId: string): Promise<void> => forget(chatId, [recordOf(userId)]);

/** Removes records, a hundred at most, so that the chat's item stays small. */
async function forget(chatId: string, records: string[]): Promise<void> {
  if (records.length === 0) return;
  const names = Object.fromEntries(records.slice(0, 100).map((name, n) => [`#record${n}`, name]));
  await updateIf({
    TableName: table,
    Key: keys.chat(chatId),
    UpdateExpression: `REMOVE ${Object.keys(names)}`,
    ...exists,
    ExpressionAttributeNames: names,
  });
}
