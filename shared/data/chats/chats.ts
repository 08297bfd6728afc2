import { settings } from '#shared/platform/settings.ts';
import { userCheck } from '../accounts/staying.ts';
import { type Key, keys, sameKey } from '../keys.ts';
import { getItem, getItems } from '../table.ts';
import { isNew, writeTogether } from '../write.ts';
import { noBlockCheck } from './blocks.ts';
import { type FormerMembership, membershipPut } from './memberships.ts';
import type { PostingRules } from './posting.ts';

const table = settings.chatTable();

export interface Chat extends PostingRules {
  id: string;
  /** Empty in a direct chat, where each user sees the other's name. */
  name: string;
  type: 'group' | 'direct';
  inviteCode?: string;
  /** The file that is a group's picture; empty after its removal. */
  pictureId?: string;
  createdAt: string;
  /** The last message number given out. */
  seq: number;
  /** The time of the last number, at first `createdAt`. */
  lastAt?: string;
  /** Numbers that have no message, the newest 50 (numbers.ts). */
  gaps?: Set<number>;
  /** The last change number given out. */
  rev?: number;
  /** The numbers of the messages that mention everyone, the newest ones. */
  everyoneSeqs?: Set<number>;
}

interface Roster {
  participantIds: Set<string>;
  /** Only in a direct chat: those who are blocked by the other. */
  blockedIds?: Set<string>;
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

/** The chats that exist, without their participants. */
export function getChatsAlone(chatIds: string[]): Promise<Chat[]> {
  return getItems<Chat>(table, chatIds.map(keys.chat));
}

export async function withParticipants(chats: Chat[]): Promise<ChatWithParticipants[]> {
  const items = await getItems<Roster>(
    table,
    chats.map(({ id }) => keys.roster(id)),
  );
  const rosterOf = (id: string) => items.find((item) => sameKey(item, keys.roster(id)));
  return chats.map((chat) => ({ ...chat, participantIds: sortedIds(rosterOf(chat.id)) }));
}

/** The chat, whether the user has joined it or was removed from it (and when), and the user's name, in one read. */
export async function getChatFor(userId: string, chatId: string) {
  const membershipKey = keys.membership(userId, chatId);
  const formerKey = keys.formerMembership(userId, chatId);
  const userKey = keys.user(userId);
  const all = [keys.chat(chatId), keys.roster(chatId), membershipKey, formerKey, userKey];
  const items = await getItems<Stored & Partial<FormerMembership>>(table, all);
  const former = items.find((item) => sameKey(item, formerKey));
  return {
    chat: assemble(chatId, items),
    joined: items.some((item) => sameKey(item, membershipKey)),
    removedAt: former?.removed ? former.leftAt : undefined,
    userName: items.find((item) => sameKey(item, userKey))?.name,
  };
}

/** The last message number given out; 0 if there is no such chat. */
export async function getLastSeq(chatId: string): Promise<number> {
  const chat = await getItem<Pick<Chat, 'seq'>>(table, keys.chat(chatId), ['seq']);
  return chat?.seq ?? 0;
}

/** The last numbers given out to messages and to changes; 0 before the first. */
export async function getLastNumbers(chatId: string): Promise<{ seq: number; rev: number }> {
  const chat = await getItem<Pick<Chat, 'seq' | 'rev'>>(table, keys.chat(chatId), ['seq', 'rev']);
  return { seq: chat?.seq ?? 0, rev: chat?.rev ?? 0 };
}

/** The participants, and those of them whom the other has blocked, in a direct chat. */
export async function getRoster(chatId: string): Promise<{ participantIds: string[]; blockedIds: Set<string> }> {
  const roster = await getItem<Roster>(table, keys.roster(chatId));
  return { participantIds: sortedIds(roster), blockedIds: roster?.blockedIds ?? new Set() };
}

export const getParticipantIds = async (chatId: string): Promise<string[]> => (await getRoster(chatId)).participantIds;

/** Stores the direct chat of two users. */
export function storeDirect(chatId: string, userId: string, otherId: string) {
  const createdAt = new Date().toISOString();
  const chat: Chat = { id: chatId, name: '', type: 'direct', createdAt, seq: 0, lastAt: createdAt };
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
