import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../settings.ts';
import { connectionKeys as keys } from './keys.ts';
import { type Allowance, spend } from './limits.ts';
import { membershipCheck } from './memberships.ts';
import { sessionCheck } from './sessions.ts';
import { db, deleteItems, queryItems, writeTogether } from './table.ts';

const table = settings.connectionsTable();

/** An open socket, found by its chat or its user. */
export interface Connection {
  connectionId: string;
  chatId: string;
  userId: string;
  sessionId: string;
  /** Milliseconds since the epoch. */
  connectedAt: number;
  /** Whether it asked for the frames that the specification does not know. */
  events?: boolean;
}

/** Whose socket it is, found by its id: what a frame's sender may do. */
export interface Sender {
  chatId: string;
  userId: string;
  userName: string;
}

/** API Gateway closes every socket after two hours; an item that outlived its socket may go a little later. Seconds. */
const lifetimeSeconds = 2 * 60 * 60 + 10 * 60;

/**
 * Stores an open socket, while its user is a participant and its session stands: who loses either at the same moment
 * loses the socket too, for what ends them looks for sockets afterwards. Says what stood against it.
 */
export async function addConnection(
  connection: Omit<Connection, 'connectedAt'>,
  userName: string,
): Promise<'added' | 'not a participant' | 'session ended'> {
  const { connectionId, chatId, userId, sessionId } = connection;
  const connectedAt = Date.now();
  const expiresAt = Math.floor(connectedAt / 1000) + lifetimeSeconds;
  const open = { ...connection, connectedAt, expiresAt };
  const refused = await writeTogether([
    membershipCheck(userId, chatId),
    sessionCheck(userId, sessionId),
    { Put: { TableName: table, Item: { ...keys.inChat(chatId, connectionId), ...open } } },
    { Put: { TableName: table, Item: { ...keys.ofUser(userId, connectionId), ...open } } },
    { Put: { TableName: table, Item: { ...keys.sender(connectionId), chatId, userId, userName, expiresAt } } },
  ]);
  if (refused === undefined) return 'added';
  return refused === 0 ? 'not a participant' : 'session ended';
}

/** Consistent, so that one who connected before a message was stored gets it. */
function query(pk: string): Promise<Connection[]> {
  return queryItems<Connection & Record<string, unknown>>({
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :connections)',
    FilterExpression: 'expiresAt > :now',
    ExpressionAttributeValues: { ':pk': pk, ':connections': 'CONN#', ':now': Math.floor(Date.now() / 1000) },
    ConsistentRead: true,
  });
}

/** Every open socket of the chat. */
export const listConnections = (chatId: string): Promise<Connection[]> => query(`CHAT#${chatId}`);

/** Every open socket of the user, in whatever chat. */
export const listConnectionsOf = (userId: string): Promise<Connection[]> => query(`USER#${userId}`);

/** Takes one message from what the socket may send, and says whose it is. Throws `too_many_requests`. */
export async function spendAsSender(connectionId: string, allowance: Allowance): Promise<Sender | undefined> {
  return (await spend(table, keys.sender(connectionId), allowance)) as Sender | undefined;
}

const keysOf = ({ connectionId, chatId, userId }: Pick<Connection, 'connectionId' | 'chatId' | 'userId'>) => [
  keys.inChat(chatId, connectionId),
  keys.ofUser(userId, connectionId),
];

export async function removeConnections(connections: Connection[]): Promise<void> {
  await deleteItems(
    table,
    connections.flatMap((connection) => [...keysOf(connection), keys.sender(connection.connectionId)]),
  );
}

/** For a socket of which only the id is known. */
export async function removeConnectionById(connectionId: string): Promise<void> {
  const removed = await db.send(
    new DeleteCommand({ TableName: table, Key: keys.sender(connectionId), ReturnValues: 'ALL_OLD' }),
  );
  const sender = removed.Attributes as Sender | undefined;
  if (sender) await deleteItems(table, keysOf({ ...sender, connectionId }));
}
