import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { keys } from '../keys.ts';
import { deleteItems, getItem, queryPrefix } from '../table.ts';
import { exists, nowInSeconds, updateIf, type Write } from '../write.ts';
import { forgetTokens, type PushDevice } from './push-devices.ts';
import { isStaying } from './staying.ts';

const table = settings.chatTable();

/** One login on one device, represented by its refresh token. */
export interface Session {
  id: string;
  userId: string;
  /** Absent if the client did not say what it is. */
  device?: string | undefined;
  createdAt: string;
  lastUsedAt: string;
  /** How often its refresh token was replaced. Each token carries the number at which it was made. */
  rotation: number;
  /** The number of the token used last: `rotation`, or the one before until the newest token is used. */
  usedRotation?: number;
  /** Seconds since the epoch, as DynamoDB's TTL wants it. */
  expiresAt: number;
  /** The device that gets its push notifications (push-devices.ts). */
  push?: PushDevice;
  /** The profile's `sessionGeneration` when the session began. Raising that one ends all earlier sessions with one write. */
  generation?: number | undefined;
}

/** A new session ends the least recently used one when there would be more. */
export const maxSessions = 100;

export const sessionPut = (session: Session): Write => ({
  Put: { TableName: table, Item: { ...keys.session(session.userId, session.id), ...session } },
});

/** Two conditions that fail a transaction if the session has ended. */
export const sessionChecks = ({ userId, id, generation = 0 }: Session) =>
  [
    {
      ConditionCheck: {
        TableName: table,
        Key: keys.session(userId, id),
        ConditionExpression: 'expiresAt > :now',
        ExpressionAttributeValues: { ':now': nowInSeconds() },
      },
      otherwise: 'session ended',
    },
    {
      ConditionCheck: {
        TableName: table,
        Key: keys.user(userId),
        ConditionExpression: `${isStaying} AND (attribute_not_exists(sessionGeneration) OR sessionGeneration = :generation)`,
        ExpressionAttributeValues: { ':now': Date.now(), ':generation': generation },
      },
      otherwise: 'session ended',
    },
  ] as const;

/** The profile's generation; undefined if the user is gone. */
async function getGeneration(userId: string): Promise<number | undefined> {
  const user = await getItem<{ sessionGeneration?: number }>(table, keys.user(userId), ['sessionGeneration']);
  return user && (user.sessionGeneration ?? 0);
}

/** A session may have been raised to a generation that is newer than the profile that was read beside it. */
export const isLive = (
  { expiresAt, generation = 0 }: Pick<Session, 'expiresAt' | 'generation'>,
  current = Number.POSITIVE_INFINITY,
): boolean => expiresAt > Date.now() / 1000 && generation >= current;

const getSession = (userId: string, sessionId: string) => getItem<Session>(table, keys.session(userId, sessionId));

/** The session, unless it has ended. One that seems to have is read again, because it may have been raised meanwhile. */
export async function getLiveSession(userId: string, sessionId: string): Promise<Session | undefined> {
  const [first, generation] = await Promise.all([getSession(userId, sessionId), getGeneration(userId)]);
  if (!first || isLive(first, generation)) return first;
  const again = await getSession(userId, sessionId);
  return again && isLive(again, generation) ? again : undefined;
}

/** Sessions as they are stored: those that have ended may be among them, because DynamoDB's TTL deletes late. */
export const listStoredSessions = (userId: string): Promise<Session[]> =>
  queryPrefix<Session>(table, keys.sessionsOf(userId));

export async function listSessions(userId: string): Promise<Session[]> {
  const [sessions, generation] = await Promise.all([listStoredSessions(userId), getGeneration(userId)]);
  return sessions.filter((session) => isLive(session, generation));
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
  const update = updateIf({
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
    ReturnValues: 'ALL_NEW',
  });
  const [{ refused, item }, generation] = await Promise.all([update, getGeneration(userId)]);
  if (!item || !isLive(item as Session, generation)) {
    const again = await getSession(userId, sessionId);
    if (!again || !isLive(again, generation)) return 'ended';
  }
  return refused ? 'reused' : renewing ? rotation + 1 : rotation;
}

export async function deleteSession(userId: string, sessionId: string): Promise<'no such session' | undefined> {
  const deleted = await db.send(
    new DeleteCommand({ TableName: table, Key: keys.session(userId, sessionId), ReturnValues: 'ALL_OLD' }),
  );
  if (!deleted.Attributes) return 'no such session';
  await forgetTokens([deleted.Attributes as Session]);
  return undefined;
}

/** Deletes sessions of a user. */
export const deleteSessions = (userId: string, ids: string[]): Promise<void> =>
  deleteItems(
    table,
    ids.map((id) => keys.session(userId, id)),
  );

/** Ends all of the user's sessions with one write. */
export async function endAllSessions(userId: string): Promise<void> {
  await updateIf({
    TableName: table,
    Key: keys.user(userId),
    UpdateExpression: 'ADD sessionGeneration :one',
    ...exists,
    ExpressionAttributeValues: { ':one': 1 },
  });
}

/** Raises the generation of a session, which goes on when all others end. Fails if it has ended itself. */
export const sessionUpdate = (userId: string, sessionId: string, generation: number): Write => ({
  Update: {
    TableName: table,
    Key: keys.session(userId, sessionId),
    UpdateExpression: 'SET generation = :next',
    ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(generation) OR generation = :was)',
    ExpressionAttributeValues: { ':next': generation + 1, ':was': generation },
  },
});
