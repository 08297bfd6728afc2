import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';
import { db } from './client.ts';
import { type Key, keys } from './keys.ts';
import type { Role } from './memberships.ts';
import { getItems, queryItems, type Write, writeTogether } from './table.ts';

const table = settings.chatTable();

/** What a system message reports. Its text is made when it is read. */
export interface SystemMessage {
  event: 'created' | 'joined' | 'added' | 'left' | 'removed' | 'renamed' | 'role_changed' | 'meeting';
  /** The users it was done to. */
  memberIds?: string[];
  name?: string;
  role?: Role;
  meetUrl?: string | undefined;
}

/** A message as it is stored: with ids in place of names, which are read when it is shown. */
export interface StoredMessage extends Partial<SystemMessage> {
  chatId: string;
  seq: number;
  userId: string;
  createdAt: string;
  type: 'text' | 'ai' | 'system';
  content?: string;
  /** This and the next two are only in the assistant's answers. */
  question?: string;
  askedBy?: string;
  suggestMeet?: boolean;
  /** In an answer or an event: a link from Google, never from the model. */
  meetUrl?: string | undefined;
  clientId?: string | undefined;
}

/** How long a retry is recognised: long enough for a phone that was off for weeks. */
const sentMarkerSeconds = 30 * 24 * 60 * 60;

const put = (message: StoredMessage) => ({
  TableName: table,
  Item: { ...keys.message(message.chatId, message.seq), ...message },
});

export const messagePut = (message: StoredMessage): Write => ({ Put: put(message) });

/** Takes the chat's next number. If the caller doesn't use it, it stays a gap. Throws `not_a_participant` if the chat is gone. */
export async function takeNumber(chatId: string): Promise<number> {
  try {
    const { Attributes } = await db.send(
      new UpdateCommand({
        TableName: table,
        Key: keys.chat(chatId),
        UpdateExpression: 'ADD seq :one',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':one': 1 },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return Attributes?.seq;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw new Problem('not_a_participant');
    throw error;
  }
}

/** Stores a message. False, with nothing stored, if its author has used its clientId before. */
export async function storeMessage(message: StoredMessage): Promise<boolean> {
  const { chatId, userId, clientId, seq } = message;
  if (clientId === undefined) {
    await db.send(new PutCommand(put(message)));
    return true;
  }
  // An answer of the assistant can be found only by its marker, so that one stays.
  const expiresAt = message.type === 'ai' ? undefined : Math.floor(Date.now() / 1000) + sentMarkerSeconds;
  const marker = { ...keys.sent(chatId, userId, clientId), seq, expiresAt };
  const refused = await writeTogether([
    { Put: { TableName: table, Item: marker, ConditionExpression: 'attribute_not_exists(pk)' } },
    messagePut(message),
  ]);
  return refused === undefined;
}

/** The number of the message that the user sent with this clientId. */
export async function findSent(chatId: string, userId: string, clientId: string): Promise<number | undefined> {
  const found = await db.send(
    new GetCommand({ TableName: table, Key: keys.sent(chatId, userId, clientId), ConsistentRead: true }),
  );
  return found.Item?.seq;
}

export async function getMessage(chatId: string, seq: number): Promise<StoredMessage | undefined> {
  const found = await db.send(
    new GetCommand({ TableName: table, Key: keys.message(chatId, seq), ConsistentRead: true }),
  );
  return found.Item as StoredMessage | undefined;
}

/** Twelve digits, and one above what a client may ask for. */
const highestSeq = 999_999_999_999;

export interface Page {
  limit: number;
  after?: number | undefined;
  before?: number | undefined;
}

/** One page in the order of the numbers: the first ones after a number, the last ones before one, or the newest. */
export async function listMessages(chatId: string, { limit, after, before }: Page): Promise<StoredMessage[]> {
  const messages = await queryItems<StoredMessage & Key>(
    {
      TableName: table,
      KeyConditionExpression: 'pk = :log AND sk BETWEEN :first AND :last',
      ExpressionAttributeValues: {
        ':log': keys.message(chatId, 0).pk,
        ':first': keys.message(chatId, after === undefined ? 0 : after + 1).sk,
        ':last': keys.message(chatId, before === undefined ? highestSeq : before - 1).sk,
      },
      ScanIndexForward: after !== undefined,
      ConsistentRead: true,
    },
    limit,
  );
  return after === undefined ? messages.reverse() : messages;
}

/** The newest message of each chat. A chat whose last number is a gap costs one more query. */
export async function getLastMessages(all: { id: string; seq: number }[]): Promise<StoredMessage[]> {
  const chats = all.filter(({ seq }) => seq > 0);
  const messages = await getItems<StoredMessage & Key>(
    table,
    chats.map(({ id, seq }) => keys.message(id, seq)),
  );
  const found = new Set(messages.map((message) => message.chatId));
  const gaps = chats.filter(({ id }) => !found.has(id));
  const older = await Promise.all(gaps.map(({ id }) => listMessages(id, { limit: 1 })));
  return [...messages, ...older.flat()];
}

/** The user's messages among the next `limit` after a number, and the last number searched; undefined at the end. */
export async function listMessagesBy(
  userId: string,
  chatId: string,
  after: number,
  limit: number,
): Promise<{ messages: StoredMessage[]; last: number | undefined }> {
  const page = await listMessages(chatId, { after, limit });
  return {
    messages: page.filter((message) => message.userId === userId && message.type === 'text'),
    last: page.length < limit ? undefined : page.at(-1)?.seq,
  };
}
