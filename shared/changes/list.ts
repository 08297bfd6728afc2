import { epoch } from '#shared/data/changes/epoch.ts';
import { type Change, isSettled, listEntries, settledRev } from '#shared/data/changes/log.ts';
import { getMessages, type StoredMessage } from '#shared/data/chats/messages.ts';

/** How far a client has all changes, and the table that this number comes from, if the client knows. */
export interface Cursor {
  after: number;
  epoch?: string | undefined;
}

/** A message that has changed, with the number of its newest entry in the log. */
export type Changed = Pick<Change, 'seq' | 'rev'>;

/** A part of what has changed after a cursor: each message once, in the order of the newest entries. */
export interface ChangePage {
  changed: Changed[];
  /** The new cursor, when this page and those after it are read: every change up to it has been made. */
  rev: number;
  /** The newest change. */
  head: number;
  /** There are more, after this number. */
  next?: number;
  /** The cursor is not valid, or there are too many changes. */
  reset?: true;
}

/** Above this many changed messages it is cheaper for both sides to load the newest page again. */
const maxChanged = 1000;

/** Entries that one page looks at: two of each message, and many that changes at the same moment have left over. */
const maxEntries = 4000;

/**
 * What has changed after a cursor, at most `limit` messages. `head` is the last change number given out. Messages that are
 * read after this have every change up to `rev`.
 */
export async function listChanged(
  chatId: string,
  { after, epoch: from }: Cursor,
  head: number,
  limit: number,
): Promise<ChangePage> {
  if (after > head || (from !== undefined && from !== epoch)) return startAnew(chatId, head);
  if (after === head) return { changed: [], rev: head, head };
  const entries = await listEntries(chatId, { after, limit: maxEntries });
  const all = newestOf(entries);
  if (all.length > maxChanged) return startAnew(chatId, head);
  const last = entries.at(-1)?.rev ?? after;
  const isCut = entries.length === maxEntries;
  const settled = isCut ? await settledRev(chatId) : entries.findLast((entry) => isSettled(entry))?.rev;
  const changed = all.slice(0, limit);
  const next = all.length > limit ? changed.at(-1)?.rev : isCut ? last : undefined;
  return {
    changed,
    rev: Math.max(after, settled ?? 0),
    // A change may have been made since the head was read.
    head: Math.max(head, last),
    ...(next !== undefined && { next }),
  };
}

const startAnew = async (chatId: string, head: number): Promise<ChangePage> => ({
  changed: [],
  rev: await settledRev(chatId),
  head,
  reset: true,
});

/** The newest entry of each message, in the order of these. */
function newestOf(entries: Change[]): Change[] {
  const newest = new Map<number, Change>();
  for (const entry of entries) {
    // An entry that is replaced would keep its place.
    newest.delete(entry.seq);
    newest.set(entry.seq, entry);
  }
  return [...newest.values()];
}

/** The messages of a page, in its order and as they are now. */
export async function readChanged(chatId: string, changed: Changed[]): Promise<StoredMessage[]> {
  const seqs = changed.map(({ seq }) => seq);
  const messages = new Map((await getMessages(chatId, seqs)).map((message) => [message.seq, message]));
  return seqs.flatMap((seq) => messages.get(seq) ?? []);
}
