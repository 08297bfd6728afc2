import { settings } from '#shared/platform/settings.ts';
import { type Key, keys, sameKey } from '../keys.ts';
import { getItem, getItems } from '../table.ts';
import { exists, isNew, type Write, writeTogether } from '../write.ts';
import { noBlockCheck } from './blocks.ts';
import { membershipPut } from './memberships.ts';

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

interface Roster {
  participantIds: Set<string>;
}

export interface ChatWithParticipants extends Chat {
  participantIds: string[];
}

type Stored = Partial<Chat & Roster>;

const sortedIds = (roster: Partial<Roster> | undefined): string[] => [...(roster?.participantIds ?? [])].sort();

function assemble(chatId: string, items: (Key & Stored)[]): ChatWithParticipants | undefined {
  const chat = items.find((item) => sameKey(item, keys.chat(chatId))) as Chat | undefined;
  const roster = items.find((item) => sameKey(item, keys.roster(chatId)));
  return chat && { ...chat, participantIds: sortedIds(roster) };
}

/** The chats that exist, in the order of their ids. */
export async function getChats(chatIds: string[]): Promise<ChatWithParticipants[]> {
  const items = await getItems<Stored>(
    table,
    chatIds.flatMap((chatId) => [keys.chat(chatId), keys.roster(chatId)]),
  );
  return chatIds.map((chatId) => assemble(chatId, items)).filter((chat) => chat !== undefined);
}

/** The chat, whether the user has joined it, and the user's name, in one read. */
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
  const chat = await getItem<Pick<Chat, 'seq'>>(table, keys.chat(chatId), ['seq']);
  return chat?.seq ?? 0;
}

export async function getParticipantIds(chatId: string): Promise<string[]> {
  return sortedIds(await getItem<Roster>(table, keys.roster(chatId)));
}

const userCheck = (userId: string): Write => ({
  ConditionCheck: { TableName: table, Key: keys.user(userId), ...exists },
});

/** Stores the direct chat of two users. */
export function storeDirect(chatId: string, userId: string, otherId: string) {
  const createdAt = new Date().toISOString();
  const chat: Chat = { id: chatId, name: '', type: 'direct', createdAt, seq: 0 };
  const roster: Roster = { participantIds: new Set([userId, otherId]) };
  const membership = { chatId, role: 'member', joinedAt: createdAt, readSeq: 0 } as const;
  return writeTogether([
    { Put: { TableName: table, Item: { ...keys.chat(chatId), ...chat }, ...isNew }, otherwise: 'already exists' },
    { ...userCheck(userId), otherwise: 'no such user' },
    { ...userCheck(otherId), otherwise: 'no such user' },
    { ...noBlockCheck(userId, otherId), otherwise: 'blocked' },
    { ...noBlockCheck(otherId, userId), otherwise: 'blocked' },
    { Put: { TableName: table, Item: { ...keys.roster(chatId), ...roster } } },
    { ...membershipPut({ userId, ...membership }), otherwise: 'already exists' },
    { ...membershipPut({ userId: otherId, ...membership }), otherwise: 'already exists' },
  ]);
}
