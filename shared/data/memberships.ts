import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../settings.ts';
import { type Rate, spend } from './allowance.ts';
import { keys, sameKey } from './keys.ts';
import { db, getItems, queryItems, type Write } from './table.ts';

const table = settings.chatTable();

/** A user's place in a chat: it is the right to read and write there. */
export interface Membership {
  userId: string;
  chatId: string;
  role: 'owner' | 'member';
  joinedAt: string;
}

export const membershipPut = (membership: Membership): Write => ({
  Put: {
    TableName: table,
    Item: { ...keys.membership(membership.userId, membership.chatId), ...membership },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

export async function isParticipant(userId: string, chatId: string): Promise<boolean> {
  const found = await db.send(
    new GetCommand({
      TableName: table,
      Key: keys.membership(userId, chatId),
      ConsistentRead: true,
      ProjectionExpression: 'pk',
    }),
  );
  return found.Item !== undefined;
}

/** Whether the user is a participant, and their name: one read, for the two that lie together. */
export async function findParticipant(userId: string, chatId: string): Promise<{ userName: string } | undefined> {
  const userKey = keys.user(userId);
  const items = await getItems<{ name?: string }>(table, [keys.membership(userId, chatId), userKey]);
  const userName = items.find((item) => sameKey(item, userKey))?.name;
  return items.length === 2 && userName !== undefined ? { userName } : undefined;
}

/** Takes one message from what the participant may send; false for who isn't one. Throws `too_many_requests`. */
export async function spendAsParticipant(userId: string, chatId: string, rate: Rate): Promise<boolean> {
  return (await spend(table, keys.membership(userId, chatId), rate)) !== undefined;
}

export async function listChatIds(userId: string): Promise<string[]> {
  const memberships = await queryItems<{ chatId: string }>({
    TableName: table,
    KeyConditionExpression: 'pk = :user AND begins_with(sk, :chats)',
    ExpressionAttributeValues: { ':user': `USER#${userId}`, ':chats': 'CHAT#' },
    ConsistentRead: true,
  });
  return memberships.map(({ chatId }) => chatId);
}
