import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import { updateIf } from '../write.ts';
import type { Membership } from './memberships.ts';

/**
 * A chat that its participant has marked as unread. The read mark, which others see, stays: `unreadFrom` is the first number
 * that counts as unread again, and `unreadBelow` and `mentionsBelow` are what was counted between it and the read mark.
 */

const table = settings.chatTable();

export type UnreadMark = Required<Pick<Membership, 'unreadFrom' | 'unreadBelow' | 'mentionsBelow'>>;

/** Marks a chat as unread, if the read mark is still the one up to which was counted. Returns the membership if it is not. */
export async function storeUnreadMark(
  { userId, chatId, readSeq }: Membership,
  { unreadFrom, unreadBelow, mentionsBelow }: UnreadMark,
): Promise<'not a participant' | Membership | undefined> {
  const { refused, item } = await updateIf({
    TableName: table,
    Key: keys.membership(userId, chatId),
    UpdateExpression: 'SET unreadFrom = :from, unreadBelow = :unread, mentionsBelow = :mentions',
    ConditionExpression: 'readSeq = :read',
    ExpressionAttributeValues: {
      ':from': unreadFrom,
      ':unread': unreadBelow,
      ':mentions': mentionsBelow,
      ':read': readSeq,
    },
  });
  if (!refused) return undefined;
  return (item as Membership | undefined) ?? 'not a participant';
}

/** The part of an update that ends the mark. */
export const endingUnreadMark = 'REMOVE unreadFrom, unreadBelow, mentionsBelow';

/** Ends the mark, if the number is at or above it. Returns whether it has. */
export async function endUnreadMark(
  { userId, chatId }: Pick<Membership, 'userId' | 'chatId'>,
  seq: number,
): Promise<boolean> {
  const { refused } = await updateIf({
    TableName: table,
    Key: keys.membership(userId, chatId),
    UpdateExpression: endingUnreadMark,
    ConditionExpression: 'unreadFrom <= :seq',
    ExpressionAttributeValues: { ':seq': seq },
  });
  return !refused;
}
