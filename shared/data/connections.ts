import { BatchWriteCommand, DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../settings.ts';
import { type Rate, spend } from './allowance.ts';
import { connectionKeys as keys } from './keys.ts';
import { db, queryItems, writeTogether } from './table.ts';

const table = settings.connectionsTable();

/** An open socket, found by its chat. */
export interface Connection {
  connectionId: string;
  chatId: string;
  /** Milliseconds since the epoch. */
  connectedAt: number;
}

/** Whose socket it is, found by its id: what a frame's sender may do. */
export interface Sender {
  chatId: string;
  userId: string;
  userName: string;
}

/** API Gateway closes every socket after two hours; an item that outlived its socket may go a little later. Seconds. */
const lifetimeSeconds = 2 * 60 * 60 + 10 * 60;

export async function addConnection(connectionId: string, { chatId, userId, userName }: Sender): Promise<void> {
  const connectedAt = Date.now();
  const expiresAt = Math.floor(connectedAt / 1000) + lifetimeSeconds;
  await writeTogether([
    { Put: { TableName: table, Item: { ...keys.inChat(chatId, connectionId), userId, connectedAt, expiresAt } } },
    { Put: { TableName: table, Item: { ...keys.sender(connectionId), chatId, userId, userName, expiresAt } } },
  ]);
}

/** Every open socket of the chat; consistent, so that one who connected before a message was stored gets it. */
export async function listConnections(chatId: string): Promise<Connection[]> {
  const items = await queryItems<{ connectedAt: number }>({
    TableName: table,
    KeyConditionExpression: 'pk = :chat',
    FilterExpression: 'expiresAt > :now',
    ExpressionAttributeValues: { ':chat': `CHAT#${chatId}`, ':now': Math.floor(Date.now() / 1000) },
    ConsistentRead: true,
  });
  return items.map(({ sk, connectedAt }) => ({ connectionId: sk.slice('CONN#'.length), chatId, connectedAt }));
}

/** Takes one message from what the socket may send, and says whose it is. Throws `too_many_requests`. */
export async function spendAsSender(connectionId: string, rate: Rate): Promise<Sender | undefined> {
  return (await spend(table, keys.sender(connectionId), rate)) as Sender | undefined;
}

export async function removeConnection({
  chatId,
  connectionId,
}: Pick<Connection, 'chatId' | 'connectionId'>): Promise<void> {
  const deletes = [keys.inChat(chatId, connectionId), keys.sender(connectionId)].map((Key) => ({
    DeleteRequest: { Key },
  }));
  await db.send(new BatchWriteCommand({ RequestItems: { [table]: deletes } }));
}

/** For a socket of which only the id is known. */
export async function removeConnectionById(connectionId: string): Promise<void> {
  const removed = await db.send(
    new DeleteCommand({ TableName: table, Key: keys.sender(connectionId), ReturnValues: 'ALL_OLD' }),
  );
  const chatId: string | undefined = removed.Attributes?.chatId;
  if (chatId) await db.send(new DeleteCommand({ TableName: table, Key: keys.inChat(chatId, connectionId) }));
}
