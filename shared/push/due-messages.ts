import { withQuoted } from '#shared/chats/messages/quotes.ts';
import type { Chat } from '#shared/data/chats/chats.ts';
import { getMessage, listMessages, type StoredMessage } from '#shared/data/chats/messages.ts';
import type { PushMark } from '#shared/data/connections/push-marks.ts';
import { type PushEvent, pushDelay } from '#shared/delivery/push.ts';

/** The messages that a page may still have to be told of. */
export interface DueMessages {
  /** In the order of their numbers, without deleted ones. */
  messages: StoredMessage[];
  /** These and what they quote, by their numbers. */
  quoted: Map<number, StoredMessage>;
  /** Up to which number the page has been pushed to, and will have been after this. */
  since: number;
  upTo: number;
  /** Numbers up to `upTo` whose messages are not there yet. */
  missing: Set<number>;
}

/** More are not counted: "50 new messages". */
const maxMessages = 50;

/** Other messages may be read as long as the one that the event is about. SQS counts in whole seconds. Milliseconds. */
const settledMs = (pushDelay - 1) * 1000;

export async function readDueMessages(event: PushEvent, chat: Chat, mark: PushMark): Promise<DueMessages> {
  const { chatId, seq, edit, retry } = event;
  const since = mark.pushedSeq ?? (edit ? seq : seq - 1);
  const behind = Object.values(mark.behind ?? {}).map((device) => device.since);
  const after = Math.max(Math.min(since, seq - 1, ...behind), chat.seq - maxMessages);
  const [listed, own] = await Promise.all([
    listMessages(chatId, { after, limit: maxMessages }),
    seq <= after ? getMessage(chatId, seq) : undefined,
  ]);
  const read = own ? [own, ...listed] : listed;
  const isSettled = ({ createdAt }: StoredMessage) => Date.now() - Date.parse(createdAt) >= settledMs;
  const settled = read.filter((message) => message.seq <= since || message.seq === seq || isSettled(message));
  const upTo = retry ? since : Math.max(since, ...settled.map((message) => message.seq));
  const messages = settled.filter((message) => message.seq <= upTo && message.deletedAt === undefined);
  const missing = missingIn({ after: Math.max(since, after), upTo }, read, chat);
  for (const number of mark.missingSeqs ?? []) if (number !== seq && number > upTo - maxMessages) missing.add(number);
  return { messages, quoted: await withQuoted(messages), since, upTo, missing };
}

/** Numbers that were given out before others whose messages are there, and may still get theirs. */
function missingIn(range: { after: number; upTo: number }, read: StoredMessage[], { gaps }: Chat): Set<number> {
  const there = new Set(read.map(({ seq }) => seq));
  const numbers = Array.from({ length: range.upTo - range.after }, (_, n) => range.after + 1 + n);
  return new Set(numbers.filter((seq) => !there.has(seq) && !gaps?.has(seq)));
}
