import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { type Session, sessionChecks } from '../accounts/sessions.ts';
import { membershipCheck } from '../chats/memberships.ts';
import { db } from '../client.ts';
import { connectionIdOf, type Key, connectionKeys as keys } from '../keys.ts';
import { deleteItems, getItem, type Item, queryPrefix } from '../table.ts';
import { nowInSeconds, type Write, writeTogether } from '../write.ts';
import { anyShard, shardsOf } from './shards.ts';
import {
  type ChatSocket,
  chatSocketAdd,
  type Inbox,
  inboxAdd,
  inboxesOf,
  listInboxesOf,
  removeFromSockets,
  type SocketsItem,
  socketLifetime,
  takeInbox,
} from './sockets.ts';

/**
 * An open socket in a chat is three items: one in its chat's partition, which delivery reads; one in its user's, which finds
 * the sockets to close; and one by its id, which says whose frame has come. An inbox is only the last one. The item of the
 * user's sockets (sockets.ts) names both.
 */

const table = settings.connectionsTable();

/** An open socket in one chat. */
export interface ChatConnection extends ChatSocket {
  /** The part of the chat's connections that it is in. */
  shard: number;
  /** Whether it asked for live frames, which the specification does not define. */
  events?: boolean;
}

/** An open socket that delivery posts to. */
export type Connection = ChatConnection | Inbox;

/** An open socket, found by its user. */
export type ConnectionOfUser = (Omit<ChatConnection, 'events'> & { sessionId: string }) | Inbox;

/** The user behind a connection in a chat. */
type ChatSocketUser = Omit<ChatConnection, 'connectionId'>;

/** The user behind a connection, found by the connection's id. */
export type SocketUser = ChatSocketUser | Omit<Inbox, 'connectionId'>;

type InChatItem = Key & Pick<ChatConnection, 'userId' | 'connectedAt' | 'events'> & { expiresAt: number };
type OfUserItem = Key & { chatId: string; shard: number; sessionId: string; connectedAt: number; expiresAt: number };

const now = () => {
  const connectedAt = Date.now();
  return { connectedAt, expiresAt: Math.floor(connectedAt / 1000) + socketLifetime };
};

const put = (Item: Item): Write => ({ Put: { TableName: table, Item } });

/**
 * Stores an open socket in a chat if its user is a participant and its session has not ended, in one transaction: what ends
 * either of the two closes the sockets that it finds afterwards, and so finds this one. `full`: the user has as many sockets
 * in chats as there may be.
 */
export function addConnection(
  { connectionId, chatId, events }: Pick<ChatConnection, 'connectionId' | 'chatId' | 'events'>,
  session: Session,
  shards: number,
) {
  const { userId, id: sessionId } = session;
  const shard = anyShard(shards);
  const { connectedAt, expiresAt } = now();
  const live = { ...(events && { events }) };
  return writeTogether([
    { ...membershipCheck(userId, chatId), otherwise: 'not a participant' },
    ...sessionChecks(session),
    chatSocketAdd({ connectionId, userId, connectedAt }),
    // Small, because all of a room is read for each message: what the key holds is left out.
    put({ ...keys.inChat(chatId, shard, connectionId), userId, connectedAt, expiresAt, ...live }),
    put({ ...keys.ofUser(userId, connectionId), chatId, shard, sessionId, connectedAt, expiresAt }),
    put({ ...keys.byId(connectionId), chatId, shard, userId, connectedAt, expiresAt, ...live }),
  ]);
}

/** Stores an open inbox if its session has not ended. `full`: the user has as many inboxes as there may be. */
export function addInbox(connectionId: string, session: Session) {
  const { userId, id: sessionId } = session;
  const { connectedAt, expiresAt } = now();
  const user: SocketUser = { userId, sessionId, connectedAt, events: true };
  return writeTogether([
    ...sessionChecks(session),
    inboxAdd({ connectionId, ...user }),
    put({ ...keys.byId(connectionId), ...user, expiresAt }),
  ]);
}

/** A part of a chat's open sockets. */
export interface ConnectionPage {
  connections: ChatConnection[];
  /** After which connection the shard goes on. */
  next: string | undefined;
  /** How many shards the room has: known only from the first page of shard 0. */
  totalShards: number;
}

/** Consistent, so that whoever connected before a message was stored gets it. */
export async function listConnections(
  chatId: string,
  { limit, shard = 0, after }: { limit: number; shard?: number | undefined; after?: string | undefined },
): Promise<ConnectionPage> {
  const page = await db.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'expiresAt > :now',
      ExpressionAttributeValues: { ':pk': keys.inChat(chatId, shard, '').pk, ':now': nowInSeconds() },
      Limit: limit,
      ...(after !== undefined && { ExclusiveStartKey: keys.inChat(chatId, shard, after) }),
      ConsistentRead: true,
    }),
  );
  const items = (page.Items ?? []) as InChatItem[];
  const last = page.LastEvaluatedKey as Key | undefined;
  return {
    connections: items.flatMap(({ userId, connectedAt, events, ...key }) => {
      const connectionId = connectionIdOf(key);
      return connectionId === undefined
        ? []
        : [{ connectionId, chatId, shard, userId, connectedAt, ...(events && { events }) }];
    }),
    next: last && connectionIdOf(last),
    totalShards: shardsOf(items),
  };
}

/** Every open socket of the user: inboxes, and those in any chat. */
export async function listConnectionsOf(userId: string): Promise<ConnectionOfUser[]> {
  const items = await queryPrefix<OfUserItem | SocketsItem>(table, keys.allOfUser(userId));
  return items.flatMap((item): ConnectionOfUser[] => {
    const connectionId = connectionIdOf(item);
    if (connectionId === undefined) return inboxesOf(userId, item as SocketsItem);
    const { chatId, shard, sessionId, connectedAt, expiresAt } = item as OfUserItem;
    return expiresAt > nowInSeconds() ? [{ connectionId, chatId, shard, userId, sessionId, connectedAt }] : [];
  });
}

export const getSocketUser = (connectionId: string): Promise<SocketUser | undefined> =>
  getItem<SocketUser>(table, keys.byId(connectionId));

type Stored = Omit<ChatConnection, 'events'> | Inbox;

const isInChat = (connection: Stored) => connection.chatId !== undefined;
const inChatKey = ({ connectionId, chatId, shard }: ChatConnection) => keys.inChat(chatId, shard, connectionId);
const ofUserKey = ({ connectionId, userId }: ChatConnection) => keys.ofUser(userId, connectionId);

/** What a user's sockets are found by goes last: if another item stays, a retry finds the socket again. */
export async function removeConnections(connections: Stored[]): Promise<void> {
  const inChats = connections.filter(isInChat);
  const byId = connections.map(({ connectionId }) => keys.byId(connectionId));
  await deleteItems(table, [...inChats.map(inChatKey), ...byId]);
  await removeFromSockets(connections);
  await deleteItems(table, inChats.map(ofUserKey));
}

/** Removes a connection of which only the id is known. */
export async function removeConnectionById(connectionId: string): Promise<void> {
  const removed = await db.send(
    new DeleteCommand({ TableName: table, Key: keys.byId(connectionId), ReturnValues: 'ALL_OLD' }),
  );
  const user = removed.Attributes as SocketUser | undefined;
  if (!user) return;
  const connection = { ...user, connectionId };
  if (isInChat(connection)) await deleteItems(table, [inChatKey(connection), ofUserKey(connection)]);
  await removeFromSockets([connection]);
}

/**
 * Removes the oldest inboxes of the user until one is removed that nobody else has removed meanwhile, and returns that: of
 * several connects that make room at once, each closes another inbox. Undefined if there is none.
 */
export async function removeOldestInbox(userId: string): Promise<Inbox | undefined> {
  for (const inbox of await listInboxesOf(userId)) {
    await db.send(new DeleteCommand({ TableName: table, Key: keys.byId(inbox.connectionId) }));
    if ((await takeInbox(inbox)) === undefined) return inbox;
  }
  return undefined;
}
