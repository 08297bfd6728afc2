import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../settings.ts';
import { keys } from './keys.ts';
import { db, type Write } from './table.ts';

const table = settings.chatTable();

/** One login on one device: what a refresh token stands for. */
export interface Session {
  id: string;
  userId: string;
  /** SHA-256 of the refresh token, base64url. */
  tokenHash: string;
  createdAt: string;
  /** Seconds since the epoch, as DynamoDB's TTL wants it. */
  expiresAt: number;
}

const put = (session: Session) => ({
  TableName: table,
  Item: { ...keys.session(session.userId, session.id), ...session },
});

export const sessionPut = (session: Session): Write => ({ Put: put(session) });

export async function createSession(session: Session): Promise<void> {
  await db.send(new PutCommand(put(session)));
}

/** TTL deletes late, so a session past its time may still be stored: it isn't given. */
export async function getSession(userId: string, sessionId: string): Promise<Session | undefined> {
  const found = await db.send(
    new GetCommand({ TableName: table, Key: keys.session(userId, sessionId), ConsistentRead: true }),
  );
  const session = found.Item as Session | undefined;
  return session && session.expiresAt > Date.now() / 1000 ? session : undefined;
}
