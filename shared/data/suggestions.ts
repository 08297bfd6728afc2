import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from './client.ts';
import { keys } from './keys.ts';

const table = settings.chatTable();

/** The suggestions that were made when the chat's last number was `seq`. */
export interface Suggestions {
  chatId: string;
  seq: number;
  texts: string[];
  createdAt: string;
}

const lifetimeSeconds = 24 * 60 * 60;

export async function getSuggestions(chatId: string): Promise<Suggestions | undefined> {
  const found = await db.send(
    new GetCommand({ TableName: table, Key: keys.suggestions(chatId), ConsistentRead: true }),
  );
  return found.Item as Suggestions | undefined;
}

export async function storeSuggestions(suggestions: Suggestions): Promise<void> {
  const expiresAt = Math.floor(Date.now() / 1000) + lifetimeSeconds;
  const Item = { ...keys.suggestions(suggestions.chatId), ...suggestions, expiresAt };
  await db.send(new PutCommand({ TableName: table, Item }));
}
