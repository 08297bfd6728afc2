import { getParticipantIds } from '#shared/data/chats/chats.ts';
import { listAuthors } from '#shared/data/chats/messages.ts';
import { deliverLive, listLiveConnections } from '#shared/delivery/to-chat.ts';
import { Cached } from '#shared/platform/cached.ts';
import { log } from '#shared/platform/log.ts';
import { isDirectId } from './direct-id.ts';

/** Larger chats only store marks: where everyone reads what everyone writes, live marks grow with the square of the participants. */
const maxParticipants = 20;

/** Messages that are read to find the authors of what somebody has read, the newest ones. */
const maxMessages = 100;

/** Whether chats are small. The list of a thousand participants takes ten read units, more than the rest of a mark. */
const cached = new Cached<boolean>({ ttlMs: 60_000, maxEntries: 10_000 });

async function isSmall(chatId: string): Promise<boolean> {
  if (isDirectId(chatId)) return true;
  const known = cached.get(chatId);
  if (known !== undefined) return known;
  const { length } = await getParticipantIds(chatId);
  cached.set(chatId, length <= maxParticipants);
  return length <= maxParticipants;
}

/**
 * Tells the authors of the messages that a user has just read, from the number after `after` up to `seq`, and the user's own
 * devices. Only in small chats, and only connections that asked for live frames. Never throws: the mark is stored.
 */
export async function deliverRead(chatId: string, userId: string, { after, seq }: { after: number; seq: number }) {
  try {
    if (!(await isSmall(chatId))) return;
    const connections = await listLiveConnections(chatId);
    const othersWatch = connections.some((connection) => connection.userId !== userId);
    const told = othersWatch ? await listAuthors(chatId, { after, upTo: seq, limit: maxMessages }) : new Set();
    told.add(userId);
    const receivers = connections.filter((connection) => told.has(connection.userId));
    await deliverLive(receivers, userId, { type: 'read', chatId, userId, seq });
  } catch (error) {
    log.warn('read mark not delivered', { chatId, seq, error });
  }
}
