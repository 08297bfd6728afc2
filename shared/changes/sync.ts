import { mayWrite } from '#shared/chats/access.ts';
import { settledUpTo } from '#shared/chats/messages/gaps.ts';
import { toMessages } from '#shared/chats/messages/messages.ts';
import { changedPage, syncedMessages, syncPage } from '#shared/contract/websocket/index.ts';
import { epoch } from '#shared/data/changes/epoch.ts';
import { settledRev } from '#shared/data/changes/log.ts';
import { getLastNumbers } from '#shared/data/chats/chats.ts';
import { listMessages, type StoredMessage } from '#shared/data/chats/messages.ts';
import { countUse } from '#shared/data/limits.ts';
import { changedFrame } from '#shared/delivery/changes.ts';
import { freshMs } from '#shared/delivery/receivers.ts';
import { reply } from '#shared/delivery/reply.ts';
import { Problem } from '#shared/platform/problem.ts';
import { type ChangePage, listChanged, readChanged } from './list.ts';

/** For all frames of one answer, milliseconds: API Gateway waits 29 s. */
const timeoutMs = 20_000;

interface Socket {
  connectionId: string;
  userId: string;
  chatId: string;
  /** Whether it gets live frames. */
  events: boolean;
  /** Whether it is for all chats of its user, and so stays open when the right to read this one ends. */
  isInbox: boolean;
}

/** What a client has: every message up to a number and, if it keeps them up to date, every change up to another. */
interface Held {
  after: number;
  rev?: number | undefined;
  epoch?: string | undefined;
}

/** What is sent: first messages, then changed ones. */
interface Answer {
  missing: StoredMessage[];
  changed: StoredMessage[];
  changes: ChangePage | undefined;
}

/**
 * Posts to a connection what its client misses, one frame after the other: the messages after a number, those changed after
 * another, and a `synced` frame that says how far they went. On an inbox it ends silently when the user may not read the chat
 * any more. Throws `too_many_requests`.
 */
export async function sync(socket: Socket, held: Held): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  const mayRead = stillMayRead(socket);
  const answer = await read(socket, held);
  const { missing, changed } = answer;
  const shown = await toMessages([...missing, ...changed]);
  const post = (frame: object) => reply(socket.connectionId, frame, socket.isInbox ? freshMs : undefined);
  let posted = 0;
  for (const message of shown) {
    const frame = posted < missing.length ? message : changedFrame(message);
    if (Date.now() >= deadline || !(await mayRead()) || !(await post(frame))) break;
    posted++;
  }
  if (await mayRead()) await post(syncedFrame(socket.chatId, held, answer, posted));
}

/** On an inbox, asks again for the right to read whenever the last answer is too old. On a chat's socket, which is closed when the right ends, never. */
function stillMayRead({ userId, chatId, isInbox }: Socket): () => Promise<boolean> {
  let askedAt = Date.now();
  let may = true;
  return async () => {
    if (!isInbox || Date.now() - askedAt <= freshMs) return may;
    askedAt = Date.now();
    may &&= await mayWrite(userId, chatId);
    return may;
  };
}

async function read(socket: Socket, held: Held): Promise<Answer> {
  const { chatId, userId } = socket;
  const { after } = held;
  const last = await getLastNumbers(chatId);
  const missed = Math.max(0, Math.min(syncPage, last.seq - after));
  const changes = await findChanges(socket, held, last.rev);
  if (changes?.reset) return { missing: [], changed: [], changes };
  // Those above the number come as messages, now or on a later page.
  const wanted = changes?.changed.filter(({ seq }) => seq <= after) ?? [];
  await requireAllowanceFor(userId, missed + wanted.length);
  const [missing, changed] = await Promise.all([
    missed > 0 ? listMessages(chatId, { after, limit: syncPage }) : [],
    readChanged(chatId, wanted),
  ]);
  return { missing, changed, changes };
}

/** What has changed after the client's cursor. Without one, clients that ask for live frames learn where they may begin. */
async function findChanges(
  { chatId, events }: Pick<Socket, 'chatId' | 'events'>,
  { rev, epoch: from }: Pick<Held, 'rev' | 'epoch'>,
  head: number,
): Promise<ChangePage | undefined> {
  if (rev !== undefined) return listChanged(chatId, { after: rev, epoch: from }, head, changedPage);
  return events ? { changed: [], rev: await settledRev(chatId), head } : undefined;
}

async function requireAllowanceFor(userId: string, messages: number): Promise<void> {
  const usedUp = messages > 0 && (await countUse('websocket/sync:messages', userId, syncedMessages, messages));
  if (usedUp) throw new Problem('too_many_requests', { retryAfter: usedUp.retryAfter });
}

/** The end of an answer of which so many frames were posted. */
function syncedFrame(chatId: string, held: Held, answer: Answer, posted: number) {
  const { missing, changed, changes } = answer;
  const got = missing.slice(0, posted);
  const seq = settledUpTo(held.after, got);
  // Not before a gap that may still be filled: the client would ask at once and get the same page again.
  const noOpenGap = seq === (got.at(-1)?.seq ?? held.after);
  const hasMore = noOpenGap && (got.length < missing.length || missing.length === syncPage);
  if (!changes) return { type: 'synced', seq, ...(hasMore && { more: true }) };
  const { rev, head, reset } = changes;
  const isCut = posted < missing.length + changed.length || changes.next !== undefined;
  const next = held.rev !== undefined && (hasMore || isCut) ? nextRev(held.rev, answer, posted) : undefined;
  const more = hasMore || next !== undefined;
  return {
    type: 'synced',
    seq,
    ...(more && { more }),
    chatId,
    rev,
    head,
    ...(next !== undefined && { next }),
    ...(reset && { reset }),
    epoch,
  };
}

/** The last entry of the log all of whose messages were sent. */
function nextRev(rev: number, { missing, changed, changes }: Answer, posted: number): number {
  const entries = changes?.changed ?? [];
  if (posted === missing.length + changed.length) return changes?.next ?? entries.at(-1)?.rev ?? rev;
  const lastSent = changed[posted - missing.length - 1];
  return entries.find(({ seq }) => seq === lastSent?.seq)?.rev ?? rev;
}
