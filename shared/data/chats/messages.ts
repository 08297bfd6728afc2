import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { type FileInfo, fileUse } from '../files.ts';
import { keys } from '../keys.ts';
import { getItem, getItems, queryItems } from '../table.ts';
import { isNew, nowInSeconds, type Write, writeTogether } from '../write.ts';
import type { Role } from './memberships.ts';

const table = settings.chatTable();

/** What a system message reports. Its text is made when it is read. */
export interface SystemMessage {
  event:
    | 'created'
    | 'joined'
    | 'added'
    | 'left'
    | 'removed'
    | 'renamed'
    | 'role_changed'
    | 'posting_changed'
    | 'picture_changed'
    | 'meeting'
    | 'announced'
    | 'locked'
    | 'unlocked';
  /** The users it was done to. */
  memberIds?: string[];
  name?: string;
  /** What the operator announces. */
  text?: string;
  role?: Role;
  posting?: 'everyone' | 'admins';
  slowModeSeconds?: number;
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
  /** In an answer or a system message: a link from Google, never from the model. */
  meetUrl?: string | undefined;
  clientId?: string | undefined;
  replyToSeq?: number | undefined;
  mentions?: string[] | undefined;
  everyone?: true | undefined;
  files?: FileInfo[];
  /** How often the message has changed. */
  version?: number;
  editedAt?: string;
  /** The numbers of the last edit, and of the last pin or unpin: an earlier one that comes late must not undo it. */
  editRev?: number;
  pinRev?: number;
  /** Marks a tombstone, which no other change touches any more. */
  deletedAt?: string;
  deletedBy?: string;
  reason?: string | undefined;
  pinnedAt?: string;
  /** The chat's number of the last change, and of the one before, whose log entry is not needed any more. */
  rev?: number;
  supersededRev?: number;
  /** The emojis on the message, and those that were on it until lately. At most 20 (reactions.ts). */
  emojis?: Set<string>;
  /** A user's reactions, at most three: the number of each one's change, by emoji (reactions.ts). */
  [reactionsOf: `r:${string}`]: Record<string, number>;
}

/** How long a `clientId` is recognised: long enough for a phone that was off for weeks. */
export const clientIdSeconds = 30 * 24 * 60 * 60;

const put = (message: StoredMessage) => ({
  TableName: table,
  Item: { ...keys.message(message.chatId, message.seq), ...message },
});

export const messagePut = (message: StoredMessage): Write => ({ Put: put(message) });

/** What is known of a message by its `clientId`. */
export interface SentMarker {
  seq: number;
  /** The keyed hash of the draft that it was made of; markers of earlier versions have none. */
  draftHash?: string | undefined;
}

/**
 * Stores a message and uses up its files, unless its author has used its `clientId` before, or one of the files. The marker
 * of the `clientId` gets the hash.
 */
export async function storeMessage(
  message: StoredMessage,
  draftHash?: string | undefined,
): Promise<'clientId used' | 'file used' | undefined> {
  const { chatId, userId, clientId, seq, files = [] } = message;
  if (clientId === undefined && files.length === 0) {
    await db.send(new PutCommand(put(message)));
    return undefined;
  }
  // An answer of the assistant can be found only by its marker, so that one stays.
  const expiresAt = message.type === 'ai' ? undefined : nowInSeconds() + clientIdSeconds;
  const marker = { ...keys.sent(chatId, userId, clientId ?? ''), seq, draftHash, expiresAt };
  const markerPut = { Put: { TableName: table, Item: marker, ...isNew }, otherwise: 'clientId used' } as const;
  return writeTogether([
    ...(clientId === undefined ? [] : [markerPut]),
    messagePut(message),
    ...files.map(({ id }) => ({ ...fileUse({ userId, id }), otherwise: 'file used' as const })),
  ]);
}

/** The marker of the message that the user sent with this `clientId`. */
export const getSentMarker = (chatId: string, userId: string, clientId: string): Promise<SentMarker | undefined> =>
  getItem<SentMarker>(table, keys.sent(chatId, userId, clientId));

/** The number of the message that the user sent with this `clientId`. */
export const findSent = async (chatId: string, userId: string, clientId: string): Promise<number | undefined> =>
  (await getSentMarker(chatId, userId, clientId))?.seq;

export const getMessage = (chatId: string, seq: number): Promise<StoredMessage | undefined> =>
  getItem<StoredMessage>(table, keys.message(chatId, seq));

/** Those of these messages that exist, in no particular order. */
export const getMessages = (chatId: string, seqs: number[]): Promise<StoredMessage[]> =>
  getItems<StoredMessage>(
    table,
    seqs.map((seq) => keys.message(chatId, seq)),
  );

/** The highest number that a key can hold; clients may ask for one less at most. */
const highestSeq = 999_999_999_999;

export interface MessageRange {
  limit: number;
  after?: number | undefined;
  before?: number | undefined;
}

/** One page in the order of the numbers: the first ones after a number, the last ones before one, or the newest. */
export async function listMessages(chatId: string, { limit, after, before }: MessageRange): Promise<StoredMessage[]> {
  const messages = await queryItems<StoredMessage>(
    {
      TableName: table,
      KeyConditionExpression: 'pk = :log AND sk BETWEEN :first AND :last',
      ExpressionAttributeValues: {
        ':log': keys.message(chatId, 0).pk,
        ':first': keys.message(chatId, after === undefined ? 0 : after + 1).sk,
        ':last': keys.message(chatId, before === undefined ? highestSeq : before - 1).sk,
      },
      ScanIndexForward: after !== undefined,
    },
    limit,
  );
  return after === undefined ? messages.reverse() : messages;
}

/** A page around a number, oldest first: half of it before. At either end of the chat it is filled from the other side. */
export async function listMessagesAround(chatId: string, around: number, limit: number): Promise<StoredMessage[]> {
  const [before, from] = await Promise.all([
    listMessages(chatId, { limit, before: around }),
    listMessages(chatId, { limit, after: around - 1 }),
  ]);
  const older = Math.min(before.length, Math.max(Math.floor(limit / 2), limit - from.length));
  return [...before.slice(before.length - older), ...from.slice(0, limit - older)];
}

/** Who wrote the newest `limit` messages after one number up to another. An answer of the assistant is its asker's. */
export async function listAuthors(
  chatId: string,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<Set<string>> {
  const messages = await queryItems<Pick<StoredMessage, 'userId' | 'askedBy'>>(
    {
      TableName: table,
      KeyConditionExpression: 'pk = :log AND sk BETWEEN :first AND :last',
      ExpressionAttributeValues: {
        ':log': keys.message(chatId, 0).pk,
        ':first': keys.message(chatId, after + 1).sk,
        ':last': keys.message(chatId, upTo).sk,
      },
      ProjectionExpression: 'userId, askedBy',
      ScanIndexForward: false,
    },
    limit,
  );
  return new Set(messages.map(({ userId, askedBy = userId }) => askedBy));
}

/** The newest message of each chat. A chat whose last number is a gap costs one more query. */
export async function getLastMessages(all: { id: string; seq: number }[]): Promise<StoredMessage[]> {
  const chats = all.filter(({ seq }) => seq > 0);
  const messages = await getItems<StoredMessage>(
    table,
    chats.map(({ id, seq }) => keys.message(id, seq)),
  );
  const found = new Set(messages.map((message) => message.chatId));
  const gaps = chats.filter(({ id }) => !found.has(id));
  const older = await mapConcurrently(gaps, 8, ({ id }) => listMessages(id, { limit: 1 }));
  return [...messages, ...older.flat()];
}
