import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { noBlockCheck } from './blocks.ts';
import { db } from './client.ts';
import { type Key, keys, sameKey } from './keys.ts';
import { membershipPut } from './memberships.ts';
import { getItems, type Write, writeTogether } from './table.ts';

const table = settings.chatTable();

interface Chat {
  id: string;
  /** Empty in a direct chat, where each user sees the other's name. */
  name: string;
  type: 'group' | 'direct';
  inviteCode?: string;
  createdAt: string;
  /** The last message number given out. */
  seq: number;
}

export interface ChatWithParticipants extends Chat {
  participantIds: string[];
}

type Stored = Partial<Chat> & { participantIds?: Set<string> };

function assemble(chatId: string, items: (Key & Stored)[]): ChatWithParticipants | undefined {
  const chat = items.find((item) => sameKey(item, keys.chat(chatId))) as Chat | undefined;
  const roster = items.find((item) => sameKey(item, keys.roster(chatId)));
  return chat && { ...chat, participantIds: [...(roster?.participantIds ?? [])].sort() };
}

export async function getChats(chatIds: string[]): Promise<ChatWithParticipants[]> {
  const items = await getItems<Stored>(
    table,
    chatIds.flatMap((chatId) => [keys.chat(chatId), keys.roster(chatId)]),
  );
  return chatIds.map((chatId) => assemble(chatId, items)).filter((chat) => chat !== undefined);
}

/** The chat, the user's membership and name, in one read. */
export async function getChatFor(userId: string, chatId: string) {
  const membershipKey = keys.membership(userId, chatId);
  const userKey = keys.user(userId);
  const items = await getItems<Stored>(table, [keys.chat(chatId), keys.roster(chatId), membershipKey, userKey]);
  return {
    chat: assemble(chatId, items),
    joined: items.some((item) => sameKey(item, membershipKey)),
    userName: items.find((item) => sameKey(item, userKey))?.name,
  };
}

/** The last message number given out; 0 if there is no such chat. */
export async function getLastSeq(chatId: string): Promise<number> {
  const found = await db.send(
    new GetCommand({
      TableName: table,
      Key: keys.chat(chatId),
      ConsistentRead: true,
      ProjectionExpression: 'seq',
    }),
  );
  return found.Item?.seq ?? 0;
}

export async function getParticipantIds(chatId: string): Promise<string[]> {
  const found = await db.send(new GetCommand({ TableName: table, Key: keys.roster(chatId), ConsistentRead: true }));
  return [...((found.Item as Stored | undefined)?.participantIds ?? [])].sort();
}

const userCheck = (userId: string): Write => ({
  ConditionCheck: { TableName: table, Key: keys.user(userId), ConditionExpression: 'attribute_exists(pk)' },
});

/** Stores the direct chat of two users, unless it exists. Tells why nothing was stored. */
export async function storeDirect(
  chatId: string,
  userId: string,
  otherId: string,
): Promise<'stored' | 'there already' | 'no such user' | 'blocked'> {
  const createdAt = new Date().toISOString();
  const chat: Chat = { id: chatId, name: '', type: 'direct', createdAt, seq: 0 };
  const membership = { chatId, role: 'member', joinedAt: createdAt, readSeq: 0 } as const;
  const refused = await writeTogether([
    {
      Put: {
        TableName: table,
        Item: { ...keys.chat(chatId), ...chat },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    userCheck(userId),
    userCheck(otherId),
    noBlockCheck(userId, otherId),
    noBlockCheck(otherId, userId),
    { Put: { TableName: table, Item: { ...keys.roster(chatId), participantIds: new Set([userId, otherId]) } } },
    membershipPut({ userId, ...membership }),
    membershipPut({ userId: otherId, ...membership }),
  ]);
  if (refused === undefined) return 'stored';
  if (refused === 1 || refused === 2) return 'no such user';
  return refused === 3 || refused === 4 ? 'blocked' : 'there already';
}
