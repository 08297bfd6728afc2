import type { OpenChat } from '../open-chat.ts';

/** The number up to which at least one other participant has read. */
export function readByOthers({ realtime, userId }: OpenChat): number {
  let highest = 0;
  for (const [reader, seq] of realtime.reads) if (reader !== userId && seq > highest) highest = seq;
  return highest;
}

/** The other participants who have read up to a message. */
export const readersOf = ({ realtime, userId }: OpenChat, seq: number): string[] =>
  [...realtime.reads].flatMap(([reader, upTo]) => (reader !== userId && upTo >= seq ? [reader] : []));
