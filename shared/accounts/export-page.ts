import { reactionsOf } from '#shared/data/changes/reactions.ts';
import { listChatIdsFrom } from '#shared/data/chats/memberships.ts';
import { listMessages, type StoredMessage } from '#shared/data/chats/messages.ts';
import type { Cursor } from './export-cursor.ts';

/** Messages that one query reads: 2.8 MB of an answer at most, at their maximum of 28 KB each. */
const messagesAtOnce = 100;
/**
 * Characters of the user's own messages, 1.1 MB at most. With those of the last query an answer has 3.9 MB of messages at
 * most, which leaves 2 MB of Lambda's 6 MB for 15,000 chats on the first page.
 */
const maxFound = 150_000;
/** Characters of all messages read: with those of the last query 5 MB of UTF-8, 1,400 read units. */
const maxRead = 1_000_000;
/** Characters that stand for a message's other fields, for one of its mentions, and for the reactions to one message. */
const fieldsLength = 40;
const mentionLength = 6;
const reactionsLength = 30;
/** Queries for one page, one after the other: a second or two. */
const maxQueries = 100;

const lengthOf = (messages: StoredMessage[]) =>
  messages.reduce(
    (sum, { content = '', mentions = [] }) => sum + fieldsLength + content.length + mentions.length * mentionLength,
    0,
  );

interface OwnReactions {
  chatId: string;
  seq: number;
  emojis: string[];
}

const ownReactions = (userId: string, messages: StoredMessage[]): OwnReactions[] =>
  messages
    .map((message) => ({ ...message, emojis: Object.keys(reactionsOf(message, userId).reactions) }))
    .filter(({ emojis }) => emojis.length > 0)
    .map(({ chatId, seq, emojis }) => ({ chatId, seq, emojis }));

/**
 * The user's messages and reactions from a position on, chat by chat, and the position of the next page; undefined at the
 * end.
 */
export async function readExportPage(
  userId: string,
  from: Cursor = { chatId: '', after: 0 },
  isOwn = ({ userId: authorId, type }: StoredMessage) => authorId === userId && type === 'text',
): Promise<{ messages: StoredMessage[]; reactions: OwnReactions[]; next: Cursor | undefined }> {
  const chatIds = await listChatIdsFrom(userId, from.chatId, maxQueries + 1);
  const messages: StoredMessage[] = [];
  const reactions: OwnReactions[] = [];
  let read = 0;
  let chat = 0;
  let after = chatIds[0] === from.chatId ? from.after : 0;
  const isFull = () => read >= maxRead || lengthOf(messages) + reactions.length * reactionsLength >= maxFound;
  for (let query = 0; query < maxQueries && !isFull() && chat < chatIds.length; query++) {
    const page = await listMessages(chatIds[chat] as string, { after, limit: messagesAtOnce });
    messages.push(...page.filter(isOwn));
    reactions.push(...ownReactions(userId, page));
    read += lengthOf(page);
    const isLast = page.length < messagesAtOnce;
    if (isLast) chat++;
    after = isLast ? 0 : (page.at(-1)?.seq ?? 0);
  }
  const chatId = chatIds[chat];
  return { messages, reactions, next: chatId === undefined ? undefined : { chatId, after } };
}
