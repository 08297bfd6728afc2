import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import { type Allowance, countUseOn, type UsedUp, type UseWindow } from '../limits.ts';
import { getItem, getItems, queryItems, queryPrefix } from '../table.ts';
import { exists, isNew, updateIf, type Write } from '../write.ts';
import type { Turn } from './posting.ts';

const table = settings.chatTable();

/** Sorts after every chat's id. */
const highestChatId = '\uFFFF';

export type Role = 'owner' | 'admin' | 'member';

/** A user's membership of a chat, which is the right to read and write there. It carries the window of the limit on sending. */
export interface Membership extends Partial<UseWindow & Turn> {
  userId: string;
  chatId: string;
  role: Role;
  joinedAt: string;
  /** The number of the last message that the user has read. */
  readSeq: number;
  /** Numbers of the user's own messages, of which those above `readSeq` count. At most 80 (read-marks.ts). */
  ownSeqs?: Set<number>;
  /** Numbers of messages that mention the user, of which those above `readSeq` count. At most 30 (mentions.ts). */
  mentionSeqs?: Set<number>;
  /** Only in a direct chat with a block: which of the two have blocked the other. Neither may write. */
  blockedBy?: Set<string>;
  /** Only in a direct chat: whether the user has written there, which makes the other one a contact. */
  hasWritten?: boolean;
  /** Only in a direct chat that the user has removed from the list: its last number then. A newer message shows it again. */
  hiddenUpTo?: number;
  /** Which messages notify the user; absent means all. */
  level?: 'mentions' | 'none';
  /** Until this time nothing notifies the user. ISO 8601. */
  mutedUntil?: string;
  pinned?: true;
  archived?: true;
  /** This and the next two are there while the user has marked the chat as unread (unread-marks.ts). */
  unreadFrom?: number;
  unreadBelow?: number;
  mentionsBelow?: number;
}

/** A membership that has ended. */
export interface FormerMembership {
  chatId: string;
  leftAt: string;
  /** Whether the user was removed by another, and so can't join with an invite code from before. */
  removed?: boolean;
}

export const membershipPut = (membership: Membership): Write => ({
  Put: {
    TableName: table,
    Item: { ...keys.membership(membership.userId, membership.chatId), ...membership },
    ...isNew,
  },
});

/** Deletes a membership if the role is still the one that was read. */
export const membershipDelete = ({ userId, chatId, role }: Membership): Write => ({
  Delete: { TableName: table, Key: keys.membership(userId, chatId), ...hasRole(role) },
});

/** Records that a membership has ended, so that an export knows which chats to search, and who may not just join again. */
export const formerMembershipPut = ({ userId, chatId }: Membership, removed = false): Write => {
  const former: FormerMembership = { chatId, leftAt: new Date().toISOString(), ...(removed && { removed }) };
  return { Put: { TableName: table, Item: { ...keys.formerMembership(userId, chatId), ...former } } };
};

/** Fails a transaction if the user was removed from the chat after this time (ISO 8601). */
export const notRemovedCheck = (userId: string, chatId: string, since: string): Write => ({
  ConditionCheck: {
    TableName: table,
    Key: keys.formerMembership(userId, chatId),
    ConditionExpression: 'attribute_not_exists(removed) OR leftAt < :since',
    ExpressionAttributeValues: { ':since': since },
  },
});

/** Fails a transaction unless the user is a participant and, in a direct chat, nobody has blocked the other. */
export const membershipCheck = (userId: string, chatId: string): Write => ({
  ConditionCheck: {
    TableName: table,
    Key: keys.membership(userId, chatId),
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(blockedBy)',
  },
});

/** Fails a transaction unless the user still has the role in the chat. */
export const roleCheck = (userId: string, chatId: string, role: Role): Write => ({
  ConditionCheck: { TableName: table, Key: keys.membership(userId, chatId), ...hasRole(role) },
});

/** Fails too if the user is not in the chat. `role` is a reserved word in DynamoDB. */
const hasRole = (role: Role) => ({
  ConditionExpression: '#role = :was',
  ExpressionAttributeNames: { '#role': 'role' },
  ExpressionAttributeValues: { ':was': role },
});

/** Changes a member's role, if it is still the one that was read. */
export const roleUpdate = ({ userId, chatId, role }: Membership, next: Role): Write => {
  const { ExpressionAttributeValues, ...condition } = hasRole(role);
  return {
    Update: {
      TableName: table,
      Key: keys.membership(userId, chatId),
      UpdateExpression: 'SET #role = :next',
      ...condition,
      ExpressionAttributeValues: { ...ExpressionAttributeValues, ':next': next },
    },
  };
};

export const getMembership = (userId: string, chatId: string): Promise<Membership | undefined> =>
  getItem<Membership>(table, keys.membership(userId, chatId));

/** Whether the user was in the chat once, and left it or was removed. */
export const hasLeft = async (userId: string, chatId: string): Promise<boolean> =>
  (await getItem(table, keys.formerMembership(userId, chatId))) !== undefined;

/** Whether somebody else removed the user from the chat, and the user has not come back. */
export const hasBeenRemoved = async (userId: string, chatId: string): Promise<boolean> =>
  (await getItem<FormerMembership>(table, keys.formerMembership(userId, chatId)))?.removed === true;

/** The memberships of those users who are in the chat. */
export const getMemberships = (userIds: string[], chatId: string): Promise<Membership[]> =>
  getItems<Membership>(
    table,
    userIds.map((userId) => keys.membership(userId, chatId)),
  );

/** Counts one use of the participant's allowance and returns the membership. */
export async function countUseByParticipant(
  userId: string,
  chatId: string,
  allowance: Allowance,
): Promise<{ outcome: 'counted'; membership: Membership } | { outcome: 'not a participant' } | UsedUp> {
  const counted = await countUseOn(table, keys.membership(userId, chatId), allowance);
  if (counted.outcome === 'no item') return { outcome: 'not a participant' };
  if (counted.outcome === 'used up') return counted;
  return { outcome: 'counted', membership: counted.item as Membership };
}

/** Removes a direct chat from the user's list until it has a message above this number. */
export async function hideChat(userId: string, chatId: string, seq: number): Promise<void> {
  await updateIf({
    TableName: table,
    Key: keys.membership(userId, chatId),
    UpdateExpression: 'SET hiddenUpTo = :seq',
    ...exists,
    ExpressionAttributeValues: { ':seq': seq },
  });
}

/** Puts a direct chat back into the user's list. */
export async function unhideChat(userId: string, chatId: string): Promise<void> {
  await updateIf({
    TableName: table,
    Key: keys.membership(userId, chatId),
    UpdateExpression: 'REMOVE hiddenUpTo',
    ...exists,
  });
}

/** Records that the user has written in a direct chat, which makes the other one a contact. */
export async function markWritten(userId: string, chatId: string): Promise<void> {
  await updateIf({
    TableName: table,
    Key: keys.membership(userId, chatId),
    UpdateExpression: 'SET hasWritten = :true',
    ...exists,
    ExpressionAttributeValues: { ':true': true },
  });
}

/** The user's chats, in the order of their ids: all, or the first `limit`. */
export const listMemberships = (userId: string, limit?: number): Promise<Membership[]> =>
  queryPrefix<Membership>(table, keys.membershipsOf(userId), limit);

/** The chats that the user has left or was removed from. */
export const listFormerMemberships = (userId: string): Promise<FormerMembership[]> =>
  queryPrefix<FormerMembership>(table, keys.formerMembershipsOf(userId));

/** The first `limit` ids, in order and from one on, of the chats that the user is or was in. */
export async function listChatIdsFrom(userId: string, from: string, limit: number): Promise<string[]> {
  const parts = [keys.membership, keys.formerMembership].map((key) =>
    queryItems<{ chatId: string }>(
      {
        TableName: table,
        KeyConditionExpression: 'pk = :user AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: {
          ':user': key(userId, from).pk,
          ':first': key(userId, from).sk,
          ':last': key(userId, highestChatId).sk,
        },
      },
      limit,
    ),
  );
  const ids = (await Promise.all(parts)).flat().map(({ chatId }) => chatId);
  return [...new Set(ids)].sort().slice(0, limit);
}
