import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { type Session, sessionChecks } from '../accounts/sessions.ts';
import { membershipCheck } from '../chats/memberships.ts';
import { db } from '../client.ts';
import { connectionIdOf, type Key, connectionKeys as keys } from '../keys.ts';
import { deleteItems, getItem, queryPrefix } from '../table.ts';
import { nowInSeconds, writeTogether } from '../write.ts';
import { anyShard, shardsOf } from './shards.ts';

/**
 * An open socket is three items: one in its chat's partition, which delivery reads; one in its user's, which finds the
 * sockets to close; and one by its id, which says whose frame has come.
 */

const table = settings.connectionsTable();

/** Where a connection is stored. */
interface Place {
  connectionId: string;
  chatId: string;
  /** The part of the chat's connections that it is in. */
  shard: number;
  userId: string;
}

/** An open socket, found by its chat. */
export interface Connection extends Place {
  /** Milliseconds since the epoch. */
  connectedAt: number;
  /** Whether it asked for live frames, which the specification does not define. */
  events?: boolean;
}

/** An open socket, found by its user. */
export interface ConnectionOfUser extends Place {
  sessionId: string;
}

/** The user behind a connection, found by the connection's id. */
export type SocketUser = Omit<Place, 'connectionId'> & Pick<Connection, 'events'>;

type InChatItem = Key & Pick<Connection, 'userId' | 'connectedAt' | 'events'> & { expiresAt: number };
type OfUserItem = Key & Pick<ConnectionOfUser, 'chatId' | 'shard' | 'sessionId'> & { expiresAt: number };

/** Seconds. API Gateway closes every socket after two hours; an item may outlive its socket by a little. */
const lifetimeSeconds = 2 * 60 * 60 + 10 * 60;

/**
 * Stores an open socket if its user is a participant and its session has not ended, in one transaction: what ends either
 * of the two closes the sockets that it finds afterwards, and so finds this one.
 */
export function addConnection(
  { connectionId, chatId, events }: Pick<Connection, 'connectionId' | 'chatId' | 'events'>,
  session: Session,
  shards: number,
) {
  const { userId, id: sessionId } = session;
  const shard = anyShard(shards);
  const connectedAt = Date.now();
  const expiresAt = Math.floor(connectedAt / 1000) + lifetimeSeconds;
  // Small, because all of a room is read for each message: what the key holds is left out.
  const inChat = {
    ...keys.inChat(chatId, shard, connectionId),
    userId,
    connectedAt,
    expiresAt,
    ...(events && { events }),
  };
  const ofUser = { ...keys.ofUser(userId, connectionId), chatId, shard, sessionId, expiresAt };
  const byId = { ...keys.byId(connectionId), chatId, shard, userId, expiresAt, ...(events && { events }) };
  return writeTogether([
    { ...membershipCheck(userId, chatId), otherwise: 'not a participant' },
    ...sessionChecks(session),
    ...[inChat, ofUser, byId].map((Item) => ({ Put: { TableName: table, Item } })),
  ]);
}

/** A part of a chat's open sockets. */
export interface ConnectionPage {
  connections: Connection[];
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

/** Every open socket of the user, in any chat. */
export async function listConnectionsOf(userId: string): Promise<ConnectionOfUser[]> {
  const items = await queryPrefix<OfUserItem>(table, keys.allOfUser(userId));
  const open = items.filter(({ expiresAt }) => expiresAt > nowInSeconds());
  return open.map(({ chatId, shard, sessionId, ...key }) => ({
    connectionId: connectionIdOf(key) as string,
    chatId,
    shard,
    userId,
    sessionId,
  }));
}

export const getSocketUser = (connectionId: string): Promise<SocketUser | undefined> =>
  getItem<SocketUser>(table, keys.byId(connectionId));

const inChatKey = ({ connectionId, chatId, shard }: Place) => keys.inChat(chatId, shard, connectionId);
const ofUserKey = ({ connectionId, userId }: Place) => keys.ofUser(userId, connectionId);

/** The item that a user's sockets are found by goes last: if another one stays, a retry finds the socket again. */
export async function removeConnections(connections: Place[]): Promise<void> {
  const others = connections.flatMap((connection) => [inChatKey(connection), keys.byId(connection.connectionId)]);
  await deleteItems(table, others);
  await deleteItems(table, connections.map(ofUserKey));
}

/** Removes a connection of which only the id is known. */
export async function removeConnectionById(connectionId: string): Promise<void> {
  const removed = await db.send(
    new DeleteCommand({ TableName: table, Key: keys.byId(connectionId), ReturnValues: 'ALL_OLD' }),
  );
  const user = removed.Attributes as SocketUser | undefined;
  if (!user) return;
  const place = { ...user, connectionId };
  await deleteItems(table, [inChatKey(place), ofUserKey(place)]);
}
