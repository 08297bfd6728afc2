import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../settings.ts';
import { type Key, keys, sameKey } from './keys.ts';
import { membershipPut } from './memberships.ts';
import { messagePut, type StoredMessage } from './messages.ts';
import { db, getItems, type Write, writeTogether } from './table.ts';

const table = settings.chatTable();

interface Chat {
  id: string;
  name: string;
  type: 'group' | 'direct';
  inviteCode?: string;
  createdAt: string;
  /** The last message number given out. */
  seq: number;
}

/** A chat with everyone in it. */
export interface ChatWithParticipants extends Chat {
  participantIds: string[];
}

const mostParticipants = 1000;

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

/** Stores a group with its participants and its first message; false, and nothing stored, when the code is taken. */
export async function storeGroup(
  group: ChatWithParticipants & { inviteCode: string },
  ownerId: string,
  first: StoredMessage,
): Promise<boolean> {
  const { participantIds, ...chat } = group;
  const refused = await writeTogether([
    {
      Put: {
        TableName: table,
        Item: { ...keys.invite(chat.inviteCode), chatId: chat.id },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    { Put: { TableName: table, Item: { ...keys.chat(chat.id), ...chat } } },
    { Put: { TableName: table, Item: { ...keys.roster(chat.id), participantIds: new Set(participantIds) } } },
    ...participantIds.map((userId) =>
      membershipPut({
        userId,
        chatId: chat.id,
        role: userId === ownerId ? 'owner' : 'member',
        joinedAt: chat.createdAt,
      }),
    ),
    messagePut(first),
  ]);
  return refused === undefined;
}

export async function findChatIdByInvite(code: string): Promise<string | undefined> {
  const found = await db.send(new GetCommand({ TableName: table, Key: keys.invite(code), ConsistentRead: true }));
  return found.Item?.chatId;
}

/** A chat as it is for one who may be about to join: one read for the four items that matter. */
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

/** Makes the user a participant and stores the message about it, both or neither; says what stood against it. */
export async function addParticipant(userId: string, message: StoredMessage): Promise<'added' | 'already in' | 'full'> {
  const { chatId, createdAt } = message;
  const joining: Write = {
    Update: {
      TableName: table,
      Key: keys.roster(chatId),
      UpdateExpression: 'ADD participantIds :user',
      ConditionExpression: 'attribute_exists(pk) AND size(participantIds) < :most',
      ExpressionAttributeValues: { ':user': new Set([userId]), ':most': mostParticipants },
    },
  };
  const refused = await writeTogether([
    membershipPut({ userId, chatId, role: 'member', joinedAt: createdAt }),
    joining,
    messagePut(message),
  ]);
  if (refused === undefined) return 'added';
  return refused === 0 ? 'already in' : 'full';
}
