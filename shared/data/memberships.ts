import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from './client.ts';
import { keys } from './keys.ts';
import { type Allowance, spend } from './limits.ts';
import { getItems, queryItems, type Write } from './table.ts';

const table = settings.chatTable();

export type Role = 'owner' | 'admin' | 'member';

/** A user's membership of a chat, which is the right to read and write there. */
export interface Membership {
  userId: string;
  chatId: string;
  role: Role;
  joinedAt: string;
  /** The number of the last message that the user has read. */
  readSeq: number;
  /** In a direct chat: whether the other user has blocked this one. */
  blocked?: boolean;
}

export const membershipPut = (membership: Membership): Write => ({
  Put: {
    TableName: table,
    Item: { ...keys.membership(membership.userId, membership.chatId), ...membership },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** Fails a transaction unless the user is a participant and not blocked. */
export const membershipCheck = (userId: string, chatId: string): Write => ({
  ConditionCheck: {
    TableName: table,
    Key: keys.membership(userId, chatId),
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(blocked)',
  },
});

/** Fails a transaction unless the user still has the role in the chat. */
export const roleCheck = (userId: string, chatId: string, role: Role): Write => ({
  ConditionCheck: { TableName: table, Key: keys.membership(userId, chatId), ...hasRole(role) },
});

/** Fails too if the user is not in the chat. `role` is a reserved word in DynamoDB. */
export const hasRole = (role: Role) => ({
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

export async function getMembership(userId: string, chatId: string): Promise<Membership | undefined> {
  const found = await db.send(
    new GetCommand({ TableName: table, Key: keys.membership(userId, chatId), ConsistentRead: true }),
  );
  return found.Item as Membership | undefined;
}

/** The memberships of those users who are in the chat. */
export async function getMemberships(userIds: string[], chatId: string): Promise<Membership[]> {
  return getItems<Membership & Record<string, unknown>>(
    table,
    userIds.map((userId) => keys.membership(userId, chatId)),
  );
}

/** Counts one use of the participant's allowance; undefined if the user isn't one. Throws `too_many_requests`. */
export async function spendAsParticipant(
  userId: string,
  chatId: string,
  allowance: Allowance,
): Promise<Membership | undefined> {
  return (await spend(table, keys.membership(userId, chatId), allowance)) as Membership | undefined;
}

export async function listMemberships(userId: string): Promise<Membership[]> {
  return queryItems<Membership & Record<string, unknown>>({
    TableName: table,
    KeyConditionExpression: 'pk = :user AND begins_with(sk, :chats)',
    ExpressionAttributeValues: { ':user': `USER#${userId}`, ':chats': 'CHAT#' },
    ConsistentRead: true,
  });
}

/**
 * Moves the number up to which the user has read, never back. Returns the number after that, and whether it moved;
 * undefined if the user is no participant.
 */
export async function advanceRead(
  userId: string,
  chatId: string,
  seq: number,
): Promise<{ seq: number; moved: boolean } | undefined> {
  try {
    await db.send(
      new UpdateCommand({
        TableName: table,
        Key: keys.membership(userId, chatId),
        UpdateExpression: 'SET readSeq = :seq',
        ConditionExpression: 'attribute_exists(pk) AND readSeq < :seq',
        ExpressionAttributeValues: { ':seq': seq },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { seq, moved: true };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item && { seq: Number(error.Item.readSeq?.N), moved: false };
  }
}

/** The chats that the user has left or was removed from. */
export async function listFormerChats(userId: string): Promise<{ chatId: string; leftAt: string }[]> {
  return queryItems<{ chatId: string; leftAt: string }>({
    TableName: table,
    KeyConditionExpression: 'pk = :user AND begins_with(sk, :left)',
    ExpressionAttributeValues: { ':user': `USER#${userId}`, ':left': 'LEFT#' },
    ConsistentRead: true,
  });
}
