import type { Chat } from '#shared/contract/chats/chat.ts';
import type { OpenChat } from '../open-chat.ts';

/** The number up to which at least one other participant has read. */
export function readByOthers({ realtime, userId }: OpenChat): number {
  let highest = 0;
  for (const [reader, seq] of realtime.reads) if (reader !== userId && seq > highest) highest = seq;
  return highest;
}

/** Kept by the chat as it was opened: the messages above are forgotten while many others come. */
const found = new WeakMap<Chat, number>();

/** The number of the first message that was unread when the chat was opened, once it is loaded. */
export function firstUnread({ atFirst, realtime, userId }: OpenChat): number | undefined {
  const { unreadCount, lastSeq } = atFirst;
  if (unreadCount === 0 || found.has(atFirst)) return found.get(atFirst);
  const countable = realtime.reader.messages.filter((message) => message.seq <= lastSeq && message.userId !== userId);
  const seq = countable.at(-unreadCount)?.seq;
  if (seq !== undefined) found.set(atFirst, seq);
  return seq;
}

/** The other participants who have read up to a message. */
export const readersOf = ({ realtime, userId }: OpenChat, seq: number): string[] =>
  [...realtime.reads].flatMap(([reader, upTo]) => (reader !== userId && upTo >= seq ? [reader] : []));
