import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { keys } from '../keys.ts';
import { deleteItems, getItem, queryPrefix } from '../table.ts';
import { nowInSeconds, updateIf, type Write } from '../write.ts';

const table = settings.chatTable();

/** One login on one device, represented by its refresh token. */
export interface Session {
  id: string;
  userId: string;
  device: string;
  createdAt: string;
  lastUsedAt: string;
  /** How often its refresh token was replaced. Each token carries the number at which it was made. */
  rotation: number;
  /** The number of the token used last: `rotation`, or the one before until the newest token is used. */
  usedRotation?: number;
  /** Seconds since the epoch, as DynamoDB's TTL wants it. */
  expiresAt: number;
}

export const sessionPut = (session: Session): Write => ({
  Put: { TableName: table, Item: { ...keys.session(session.userId, session.id), ...session } },
});

/** Fails a transaction if the session has ended. */
export const sessionCheck = (userId: string, sessionId: string): Write => ({
  ConditionCheck: {
    TableName: table,
    Key: keys.session(userId, sessionId),
    ConditionExpression: 'expiresAt > :now',
    ExpressionAttributeValues: { ':now': nowInSeconds() },
  },
});

const isLive = ({ expiresAt }: Session) => expiresAt > Date.now() / 1000;

export async function isSessionLive(userId: string, sessionId: string): Promise<boolean> {
  const session = await getItem<Session>(table, keys.session(userId, sessionId));
  return session !== undefined && isLive(session);
}

/** Without expired sessions, which DynamoDB's TTL deletes late. */
export async function listSessions(userId: string): Promise<Session[]> {
  const sessions = await queryPrefix<Session>(table, keys.sessionsOf(userId));
  return sessions.filter(isLive);
}

/**
 * Uses the session for a refresh token that was made at `rotation`; with `renewedUntil` (seconds since the epoch) replaces
 * that token. A replaced token stays valid until the new one is used, because the answer with the new one may be lost.
 * Returns the rotation for a new token; `reused` if the token is no longer valid, so that somebody must have a copy.
 */
export async function useSession(
  { userId, sessionId, rotation }: { userId: string; sessionId: string; rotation: number },
  renewedUntil?: number,
): Promise<number | 'reused' | 'ended'> {
  const now = Date.now();
  const renewing = renewedUntil !== undefined;
  const { refused, item } = await updateIf({
    TableName: table,
    Key: keys.session(userId, sessionId),
    UpdateExpression: `SET lastUsedAt = :at, usedRotation = :rotation${renewing ? ', rotation = :next, expiresAt = :until' : ''}`,
    ConditionExpression: '(rotation = :rotation OR usedRotation = :rotation) AND expiresAt > :seconds',
    ExpressionAttributeValues: {
      ':at': new Date(now).toISOString(),
      ':rotation': rotation,
      ':seconds': Math.floor(now / 1000),
      ...(renewing && { ':next': rotation + 1, ':until': renewedUntil }),
    },
  });
  if (!refused) return renewing ? rotation + 1 : rotation;
  return item && isLive(item as Session) ? 'reused' : 'ended';
}

export async function deleteSession(userId: string, sessionId: string): Promise<'no such session' | undefined> {
  const deleted = await db.send(
    new DeleteCommand({ TableName: table, Key: keys.session(userId, sessionId), ReturnValues: 'ALL_OLD' }),
  );
  return deleted.Attributes ? undefined : 'no such session';
}

/** Deletes all of the user's sessions, or all but one. */
export async function deleteSessions(userId: string, exceptId?: string): Promise<void> {
  const sessions = await listSessions(userId);
  const ended = sessions.filter(({ id }) => id !== exceptId);
  await deleteItems(
    table,
    ended.map(({ id }) => keys.session(userId, id)),
  );
}
