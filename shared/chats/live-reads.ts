import { getParticipantIds } from '#shared/data/chats/chats.ts';
import type { Membership } from '#shared/data/chats/memberships.ts';
import { listAuthors } from '#shared/data/chats/messages.ts';
import type { Connection } from '#shared/data/connections/connections.ts';
import { listInboxes } from '#shared/data/connections/sockets.ts';
import { deliverLive, listLiveConnections } from '#shared/delivery/live.ts';
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

/** A mark that has moved: from the number `after` up to `seq`. */
interface Moved {
  after: number;
  seq: number;
  /** The connection that was answered already. */
  exceptConnectionId?: string | undefined;
}

/**
 * Tells the authors of the messages that a user has just read, and the user's own devices. In chats that are not small, and
 * in a direct chat with a block, only the user's own inboxes. Only connections that asked for live frames. Never throws: the
 * mark is stored.
 */
export async function deliverRead(membership: Membership, moved: Moved): Promise<void> {
  const { userId, chatId } = membership;
  const { seq, exceptConnectionId } = moved;
  try {
    const receivers = await listReaders(membership, moved);
    const others = receivers.filter(({ connectionId }) => connectionId !== exceptConnectionId);
    await deliverLive(others, userId, { type: 'read', chatId, userId, seq });
  } catch (error) {
    log.warn('read mark not delivered', { chatId, seq, error });
  }
}

async function listReaders({ userId, chatId, blockedBy }: Membership, { after, seq }: Moved): Promise<Connection[]> {
  if (blockedBy || !(await isSmall(chatId))) return listInboxes([userId]);
  const connections = await listLiveConnections(chatId);
  const othersWatch = connections.some((connection) => connection.userId !== userId);
  const told = othersWatch ? await listAuthors(chatId, { after, upTo: seq, limit: maxMessages }) : new Set();
  told.add(userId);
  return connections.filter((connection) => told.has(connection.userId));
}
