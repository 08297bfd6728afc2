import { withQuoted } from '#shared/chats/messages/quotes.ts';
import type { Chat } from '#shared/data/chats/chats.ts';
import { getMessage, listMessages, type StoredMessage } from '#shared/data/chats/messages.ts';
import type { PushMark } from '#shared/data/connections/push-marks.ts';
import { pushDelay } from '#shared/delivery/push.ts';
import { isOldest, type PagedEvent } from './pages.ts';

/** The messages that may still have to be pushed to a page. */
export interface DueMessages {
  /** Lowest number first, without deleted ones. */
  messages: StoredMessage[];
  /** These messages and those that they quote, by `seq`. */
  quoted: Map<number, StoredMessage>;
  /** Up to which `seq` the page has been pushed: before this event, and after it. */
  since: number;
  upTo: number;
  /** Numbers up to `upTo` whose messages are not stored yet. */
  missing: Set<number>;
}

/** More are not counted, so a push says at most "300 new messages". */
const maxMessages = 300;

/** People have as long to read other messages as the one of the event. SQS delays by whole seconds. Milliseconds. */
const settledMs = (pushDelay - 1) * 1000;

/** The longest time of an event in the queue: only younger messages can still be waiting for their push. Milliseconds. */
const queueMs = 60 * 60_000;

const ageOf = ({ createdAt }: StoredMessage): number => Date.now() - Date.parse(createdAt);

export async function readDueMessages(event: PagedEvent, chat: Chat, mark: PushMark): Promise<DueMessages> {
  const { chatId, seq, page, retry } = event;
  const behind = Object.values(mark.behind ?? {}).map((device) => device.since);
  const after = Math.max(Math.min(mark.pushedSeq ?? 0, seq - 1, ...behind), chat.seq - maxMessages);
  const [listed, own] = await Promise.all([
    listMessages(chatId, { after, limit: maxMessages }),
    seq <= after ? getMessage(chatId, seq) : undefined,
  ]);
  const read = own ? [own, ...listed] : listed;
  const since = lastOld(read, mark.pushedSeq ?? (isOldest(page) ? after : seq - 1));
  const settled = read.filter((one) => one.seq <= Math.max(since, seq) || ageOf(one) >= settledMs);
  const upTo = retry ? since : Math.max(since, ...settled.map((one) => one.seq));
  const messages = settled.filter((one) => one.seq <= upTo && one.deletedAt === undefined);
  const missing = missingIn({ after: Math.max(since, after), upTo }, read, chat);
  for (const number of mark.missingSeqs ?? []) if (number !== seq && number > upTo - maxMessages) missing.add(number);
  return { messages, quoted: await withQuoted(messages), since, upTo, missing };
}

/**
 * The last message that is too old to be in the queue, or a later one that was pushed. A mark may be old: those of a small
 * chat and of a large one (pages.ts) do not know of each other.
 */
const lastOld = (read: StoredMessage[], after: number): number =>
  Math.max(after, ...read.filter((one) => ageOf(one) > queueMs).map(({ seq }) => seq));

/** Numbers below those of stored messages, whose own messages may still be stored. */
function missingIn(range: { after: number; upTo: number }, read: StoredMessage[], { gaps }: Chat): Set<number> {
  const there = new Set(read.map(({ seq }) => seq));
  const numbers = Array.from({ length: range.upTo - range.after }, (_, n) => range.after + 1 + n);
  return new Set(numbers.filter((seq) => !there.has(seq) && !gaps?.has(seq)));
}
