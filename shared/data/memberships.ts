import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../settings.ts';
import { keys } from './keys.ts';
import { type Allowance, spend } from './limits.ts';
import { db, getItems, queryItems, type Write } from './table.ts';

const table = settings.chatTable();

export type Role = 'owner' | 'admin' | 'member';

/** A user's place in a chat: it is the right to read and write there. */
export interface Membership {
  userId: string;
  chatId: string;
  role: Role;
  joinedAt: string;
  /** The number of the last message that the user has read. */
  readSeq: number;
  /** In a direct chat: the other one has blocked this one. */
  blocked?: boolean;
}

export const membershipPut = (membership: Membership): Write => ({
  Put: {
    TableName: table,
    Item: { ...keys.membership(membership.userId, membership.chatId), ...membership },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** Holds a transaction to it that the user is a participant who may write. */
export const membershipCheck = (userId: string, chatId: string): Write => ({
  ConditionCheck: {
    TableName: table,
    Key: keys.membership(userId, chatId),
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(blocked)',
  },
});

/** Holds a transaction to it that somebody still has a role in the chat. */
export const roleCheck = (userId: string, chatId: string, role: Role): Write => ({
  ConditionCheck: { TableName: table, Key: keys.membership(userId, chatId), ...hasRole(role) },
});

/** Also false for who is not in the chat. `role` is one of DynamoDB's reserved words. */
export const hasRole = (role: Role) => ({
  ConditionExpression: '#role = :was',
  ExpressionAttributeNames: { '#role': 'role' },
  ExpressionAttributeValues: { ':was': role },
});

/** Gives the member another role, while they have the one that is known. */
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

/** The place of each of the users in a chat, of those who have one. */
export async function getMemberships(userIds: string[], chatId: string): Promise<Membership[]> {
  return getItems<Membership & Record<string, unknown>>(
    table,
    userIds.map((userId) => keys.membership(userId, chatId)),
  );
}

/** Takes one from what the participant may do; undefined for who isn't one. Throws `too_many_requests`. */
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
 * Moves what the user has read up to a number, never back. Gives the number that it is at then, and whether it moved;
 * undefined for who is no participant.
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

/** The chats that the user has left. */
export async function listFormerChats(userId: string): Promise<{ chatId: string; leftAt: string }[]> {
  return queryItems<{ chatId: string; leftAt: string }>({
    TableName: table,
    KeyConditionExpression: 'pk = :user AND begins_with(sk, :left)',
    ExpressionAttributeValues: { ':user': `USER#${userId}`, ':left': 'LEFT#' },
    ConsistentRead: true,
  });
}
