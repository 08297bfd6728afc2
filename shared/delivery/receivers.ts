import { getRoster } from '#shared/data/chats/chats.ts';
import { type Connection, listConnections } from '#shared/data/connections/connections.ts';
import { listInboxes } from '#shared/data/connections/sockets.ts';
import type { Part } from './invoke.ts';

/** Up to this many connections the sender's function posts itself; to more, the `deliver` function does. */
const maxSmallRoom = 250;

/** Who gets what is sent to a chat: the chat's sockets, and its participants' inboxes. `large` is left to the `deliver` function. */
export type Receivers = Record<Part, Connection[] | 'large'>;

export const nobody: Receivers = { chat: [], inboxes: [] };

async function listChatSockets(chatId: string): Promise<Connection[] | 'large'> {
  const { connections, next, totalShards } = await listConnections(chatId, { limit: maxSmallRoom + 1 });
  const isSmall = next === undefined && totalShards === 1 && connections.length <= maxSmallRoom;
  return isSmall ? connections : 'large';
}

/**
 * Lists who gets what was just stored; nobody in a chat of more than `maxParticipants`. Both parts are read after it was
 * stored, so that a client that connects and then catches up gets it one way or the other.
 */
export async function listReceivers(chatId: string, { maxParticipants = Infinity } = {}): Promise<Receivers> {
  const [chat, userIds] = await Promise.all([listChatSockets(chatId), listInboxOwners(chatId)]);
  if (userIds.length > maxParticipants) return nobody;
  if (userIds.length === 0) return { chat, inboxes: [] };
  if (userIds.length > maxSmallRoom || chat === 'large') return { chat, inboxes: 'large' };
  const inboxes = await listInboxes(userIds);
  return { chat, inboxes: chat.length + inboxes.length > maxSmallRoom ? 'large' : inboxes };
}

/** The participants whose inboxes get what is sent to the chat: all but those who are blocked in it. */
export async function listInboxOwners(chatId: string): Promise<string[]> {
  const { participantIds, blockedIds } = await getRoster(chatId);
  return participantIds.filter((userId) => !blockedIds.has(userId));
}

/**
 * How old a list of receivers may be when posts begin that may take as long again, milliseconds: nothing of a chat reaches an
 * inbox more than two seconds after its user has left. The chat's sockets are closed instead.
 */
export const freshMs = 1000;

/** Those connections that may still get what is sent to the chat: without inboxes of users who are not in it any more. */
export async function staying<Some extends Connection>(chatId: string, connections: Some[]): Promise<Some[]> {
  const isInbox = (connection: Connection) => connection.chatId === undefined;
  if (!connections.some(isInbox)) return connections;
  const owners = new Set(await listInboxOwners(chatId));
  return connections.filter((connection) => !isInbox(connection) || owners.has(connection.userId));
}

/** The connections that the sender's function posts to itself. */
export const smallPartsOf = ({ chat, inboxes }: Receivers): Connection[] =>
  [chat, inboxes].flatMap((part) => (part === 'large' ? [] : part));

/** The parts that are left to the `deliver` function. */
export const largePartsOf = ({ chat, inboxes }: Receivers): Part[] => [
  ...(chat === 'large' ? (['chat'] as const) : []),
  ...(inboxes === 'large' ? (['inboxes'] as const) : []),
];
