import { listChatIdsFrom } from '#shared/data/chats/memberships.ts';
import { listMessagesBy, type StoredMessage } from '#shared/data/chats/messages.ts';
import type { Cursor } from './export-cursor.ts';

/** Messages that one query searches: 2.8 MB at most, at their maximum of 28 KB each. */
const messagesAtOnce = 100;
/** Characters of the messages found, 2.1 MB at most. With those of the last query, an answer stays below Lambda's 6 MB. */
const maxLength = 300_000;
/** Queries for one page, one after the other: a second. */
const maxQueries = 100;

/** The user's messages from a position on, chat by chat, and the position of the next page; undefined at the end. */
export async function readExportPage(
  userId: string,
  from: Cursor = { chatId: '', after: 0 },
): Promise<{ messages: StoredMessage[]; next: Cursor | undefined }> {
  const chatIds = await listChatIdsFrom(userId, from.chatId, maxQueries + 1);
  const messages: StoredMessage[] = [];
  let length = 0;
  let chat = 0;
  let after = chatIds[0] === from.chatId ? from.after : 0;
  for (let query = 0; query < maxQueries && length < maxLength && chat < chatIds.length; query++) {
    const found = await listMessagesBy(userId, chatIds[chat] as string, after, messagesAtOnce);
    messages.push(...found.messages);
    length += found.messages.reduce((sum, { content = '' }) => sum + content.length, 0);
    if (found.last === undefined) chat++;
    after = found.last ?? 0;
  }
  const chatId = chatIds[chat];
  return { messages, next: chatId === undefined ? undefined : { chatId, after } };
}
