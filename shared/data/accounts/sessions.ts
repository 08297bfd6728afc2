import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { keys } from '../keys.ts';
import { deleteItems, getItem, queryPrefix } from '../table.ts';
import { exists, nowInSeconds, updateIf, type Write } from '../write.ts';

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
  /** The profile's `sessionGeneration` when the session began. Raising that one ends all earlier sessions with one write. */
  generation: number;
}

/** A new session lets the least recently used one end when there would be more. */
export const maxSessions = 100;

export const sessionPut = (session: Session): Write => ({
  Put: { TableName: table, Item: { ...keys.session(session.userId, session.id), ...session } },
});

/** Two conditions that fail a transaction if the session has ended. */
export const sessionChecks = ({ userId, id, generation }: Session) =>
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
        ConditionExpression: 'sessionGeneration = :generation',
        ExpressionAttributeValues: { ':generation': generation },
      },
      otherwise: 'session ended',
    },
  ] as const;

/** The profile's generation; undefined if the user is gone. */
const getGeneration = async (userId: string): Promise<number | undefined> =>
  (await getItem<{ sessionGeneration: number }>(table, keys.user(userId), ['sessionGeneration']))?.sessionGeneration;

const isLive = ({ expiresAt, generation }: Session, current: number | undefined): boolean =>
  expiresAt > Date.now() / 1000 && generation === current;

/** The session, unless it has ended. */
export async function getLiveSession(userId: string, sessionId: string): Promise<Session | undefined> {
  const [session, generation] = await Promise.all([
    getItem<Session>(table, keys.session(userId, sessionId)),
    getGeneration(userId),
  ]);
  return session && isLive(session, generation) ? session : undefined;
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
  if (!item || !isLive(item as Session, generation)) return 'ended';
  return refused ? 'reused' : renewing ? rotation + 1 : rotation;
}

export async function deleteSession(userId: string, sessionId: string): Promise<'no such session' | undefined> {
  const deleted = await db.send(
    new DeleteCommand({ TableName: table, Key: keys.session(userId, sessionId), ReturnValues: 'ALL_OLD' }),
  );
  return deleted.Attributes ? undefined : 'no such session';
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
    ConditionExpression: 'generation = :was',
    ExpressionAttributeValues: { ':next': generation + 1, ':was': generation },
  },
});
