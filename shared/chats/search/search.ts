import { getMessages, type StoredMessage } from '#shared/data/chats/messages.ts';
import { readBackwards, type Searchable } from '#shared/data/chats/searchable.ts';
import { matcherOf } from './words.ts';

export interface Search {
  q: string;
  from?: string | undefined;
  before?: number | undefined;
  limit: number;
}

export interface Found {
  /** Newest first. */
  messages: StoredMessage[];
  /** The number before which a next search goes on; undefined if there are no older messages. */
  searchedTo?: number | undefined;
}

/** What people wrote: system messages and placeholders are worded when they are shown. */
const textOf = ({ content = '', files = [] }: Searchable) => [content, ...files.map(({ name }) => name)].join('\n');

/** The newest messages of a chat that match, below a number. `lastSeq` is the chat's last number. */
export async function searchChat(
  chatId: string,
  lastSeq: number,
  { q, from, before = lastSeq + 1, limit }: Search,
): Promise<Found> {
  const matches = matcherOf(q);
  const hits: number[] = [];
  let searchedTo = Math.min(before, lastSeq + 1);
  for await (const { messages, first } of readBackwards(chatId, { last: searchedTo - 1, userId: from })) {
    hits.push(...messages.filter((message) => matches(textOf(message))).map(({ seq }) => seq));
    searchedTo = first;
    if (hits.length >= limit) break;
  }
  hits.sort((a, b) => b - a);
  if (hits.length > limit) searchedTo = hits[limit - 1] as number;
  // They may have been edited or deleted since.
  const read = await getMessages(chatId, hits.slice(0, limit));
  const current = read.filter((message) => message.deletedAt === undefined && matches(textOf(message)));
  return {
    messages: current.sort((a, b) => b.seq - a.seq),
    searchedTo: searchedTo > 1 ? searchedTo : undefined,
  };
}
