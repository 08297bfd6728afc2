import type { OpenChat } from '../open-chat.ts';

/** The number up to which at least one other participant has read. */
export function readByOthers({ realtime, userId }: OpenChat): number {
  let highest = 0;
  for (const [reader, seq] of realtime.reads) if (reader !== userId && seq > highest) highest = seq;
  return highest;
}

/** The number of the first message that was unread when the chat was opened, once it is loaded. */
export function firstUnread({ atFirst: { unreadCount, lastSeq }, realtime, userId }: OpenChat): number | undefined {
  const countable = realtime.reader.messages.filter((message) => message.seq <= lastSeq && message.userId !== userId);
  return unreadCount > 0 ? countable.at(-unreadCount)?.seq : undefined;
}

/** The other participants who have read up to a message. */
export const readersOf = ({ realtime, userId }: OpenChat, seq: number): string[] =>
  [...realtime.reads].flatMap(([reader, upTo]) => (reader !== userId && upTo >= seq ? [reader] : []));
