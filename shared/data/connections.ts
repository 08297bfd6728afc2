import { DeleteCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from './client.ts';
import { connectionKeys as keys } from './keys.ts';
import { membershipCheck } from './memberships.ts';
import { sessionCheck } from './sessions.ts';
import { anyShard, shardsOf } from './shards.ts';
import { deleteItems, queryItems, writeTogether } from './table.ts';

const table = settings.connectionsTable();

/** An open socket, as it is found by its chat. */
export interface Connection {
  connectionId: string;
  chatId: string;
  /** The part of the chat's connections that it is in. */
  shard: number;
  userId: string;
  /** Milliseconds since the epoch. */
  connectedAt: number;
  /** Whether it asked for the frames that the specification does not know. */
  events?: boolean;
}

/** An open socket, as it is found by its user. */
export interface UserConnection extends Connection {
  sessionId: string;
}

/** Whose socket it is, found by its id. */
export interface Sender {
  chatId: string;
  shard: number;
  userId: string;
}

/** Seconds. API Gateway closes every socket after two hours; an item may outlive its socket by a little. */
const lifetimeSeconds = 2 * 60 * 60 + 10 * 60;

/**
 * Stores an open socket if its user is a participant and its session stands, in one transaction: whatever ends one of the
 * two closes the sockets that it finds afterwards, and so finds this one. Says what was in the way.
 */
export async function addConnection(
  connection: Omit<UserConnection, 'connectedAt' | 'shard'>,
  shards: number,
): Promise<'added' | 'not a participant' | 'session ended'> {
  const { connectionId, chatId, userId, sessionId, events } = connection;
  const shard = anyShard(shards);
  const connectedAt = Date.now();
  const expiresAt = Math.floor(connectedAt / 1000) + lifetimeSeconds;
  // Small, because all of a room is read for each message: what the key holds is left out.
  const inChat = { userId, connectedAt, expiresAt, ...(events && { events }) };
  const ofUser = { chatId, shard, sessionId, connectedAt, expiresAt };
  const refused = await writeTogether([
    membershipCheck(userId, chatId),
    sessionCheck(userId, sessionId),
    { Put: { TableName: table, Item: { ...keys.inChat(chatId, shard, connectionId), ...inChat } } },
    { Put: { TableName: table, Item: { ...keys.ofUser(userId, connectionId), ...ofUser } } },
    { Put: { TableName: table, Item: { ...keys.sender(connectionId), chatId, shard, userId, expiresAt } } },
  ]);
  if (refused === undefined) return 'added';
  return refused === 0 ? 'not a participant' : 'session ended';
}

const prefix = 'CONN#';
const idOf = ({ sk }: Record<string, unknown>): string => String(sk).slice(prefix.length);
const now = () => Math.floor(Date.now() / 1000);

/** A part of a chat's open sockets. */
export interface ConnectionPage {
  connections: Connection[];
  /** After which connection the shard goes on. */
  next: string | undefined;
  /** How many shards the room has: told by the first page of shard 0 alone. */
  shards: number;
}

/** Consistent, so that one who connected before a message was stored gets it. */
export async function listConnections(
  chatId: string,
  { limit, shard = 0, after }: { limit: number; shard?: number | undefined; after?: string | undefined },
): Promise<ConnectionPage> {
  const { pk } = keys.inChat(chatId, shard, '');
  const page = await db.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'expiresAt > :now',
      ExpressionAttributeValues: { ':pk': pk, ':now': now() },
      Limit: limit,
      ...(after !== undefined && { ExclusiveStartKey: keys.inChat(chatId, shard, after) }),
      ConsistentRead: true,
    }),
  );
  const items = page.Items ?? [];
  const connections = items.filter(({ sk }) => String(sk).startsWith(prefix));
  return {
    connections: connections.map((item) => ({ ...item, connectionId: idOf(item), chatId, shard }) as Connection),
    next: page.LastEvaluatedKey && idOf(page.LastEvaluatedKey),
    shards: shardsOf(items),
  };
}

/** Every open socket of the user, in whatever chat. */
export async function listConnectionsOf(userId: string): Promise<UserConnection[]> {
  const items = await queryItems<Record<string, unknown>>({
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :connections)',
    FilterExpression: 'expiresAt > :now',
    ExpressionAttributeValues: { ':pk': `USER#${userId}`, ':connections': prefix, ':now': now() },
    ConsistentRead: true,
  });
  return items.map((item) => ({ ...item, connectionId: idOf(item), userId }) as unknown as UserConnection);
}

export async function getSender(connectionId: string): Promise<Sender | undefined> {
  const found = await db.send(
    new GetCommand({ TableName: table, Key: keys.sender(connectionId), ConsistentRead: true }),
  );
  return found.Item as Sender | undefined;
}

type Place = Pick<Connection, 'connectionId' | 'chatId' | 'shard' | 'userId'>;

const inChatOf = ({ connectionId, chatId, shard }: Place) => keys.inChat(chatId, shard, connectionId);
const ofUserOf = ({ connectionId, userId }: Place) => keys.ofUser(userId, connectionId);

/** The item by which a user's sockets are found goes last: if another stays, whoever tries again finds the socket again. */
export async function removeConnections(connections: Connection[]): Promise<void> {
  const others = connections.flatMap((connection) => [inChatOf(connection), keys.sender(connection.connectionId)]);
  await deleteItems(table, others);
  await deleteItems(table, connections.map(ofUserOf));
}

/** For a socket of which only the id is known. */
export async function removeConnectionById(connectionId: string): Promise<void> {
  const removed = await db.send(
    new DeleteCommand({ TableName: table, Key: keys.sender(connectionId), ReturnValues: 'ALL_OLD' }),
  );
  const sender = removed.Attributes as Sender | undefined;
  if (!sender) return;
  const place = { ...sender, connectionId };
  await deleteItems(table, [inChatOf(place), ofUserOf(place)]);
}
