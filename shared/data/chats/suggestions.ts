import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { keys } from '../keys.ts';
import { getItem } from '../table.ts';
import { nowInSeconds } from '../write.ts';

const table = settings.chatTable();

/** The suggestions that were made when these were the chat's last numbers of a message and of a change. */
export interface Suggestions {
  chatId: string;
  seq: number;
  rev: number;
  texts: string[];
  createdAt: string;
}

const lifetimeSeconds = 24 * 60 * 60;

export const getSuggestions = (chatId: string): Promise<Suggestions | undefined> =>
  getItem<Suggestions>(table, keys.suggestions(chatId));

export async function storeSuggestions(suggestions: Suggestions): Promise<void> {
  const expiresAt = nowInSeconds() + lifetimeSeconds;
  const Item = { ...keys.suggestions(suggestions.chatId), ...suggestions, expiresAt };
  await db.send(new PutCommand({ TableName: table, Item }));
}

export async function deleteSuggestions(chatId: string): Promise<void> {
  await db.send(new DeleteCommand({ TableName: table, Key: keys.suggestions(chatId) }));
}
