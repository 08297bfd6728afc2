import type { Chat } from '#shared/contract/chats/chat.ts';

/** Something that has happened to a chat; undefined stands for one that is not in the list. */
export interface ChatChange {
  chatId: string;
  change(chat: Chat | undefined): Chat | undefined;
}

/** A list with what has happened since, newest message first. */
export function changed(chats: readonly Chat[], changes: readonly ChatChange[]): Chat[] {
  const byId = new Map(chats.map((chat) => [chat.id, chat]));
  for (const { chatId, change } of changes) {
    const chat = change(byId.get(chatId));
    if (chat) byId.set(chatId, chat);
    else byId.delete(chatId);
  }
  return [...byId.values()].sort((a, b) => newerFirst(a.lastMessageAt, b.lastMessageAt));
}

/** Times of one format can be compared as texts. */
const newerFirst = (a: string, b: string): number => (a === b ? 0 : a < b ? 1 : -1);

/** A chat with what has happened to it since. */
export const changedOne = (chat: Chat, changes: readonly ChatChange[]): Chat | undefined =>
  changed([chat], changes).find(({ id }) => id === chat.id);
