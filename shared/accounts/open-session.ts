import { randomUUID } from 'node:crypto';
import { deleteSessions, listStoredSessions, maxSessions, type Session } from '#shared/data/accounts/sessions.ts';
import type { User } from '#shared/data/accounts/users.ts';
import { endAndCloseSockets } from '#shared/delivery/close.ts';
import { cut } from '#shared/platform/cut.ts';
import { log } from '#shared/platform/log.ts';
import { lifetime } from '#shared/tokens/claims.ts';
import { signToken } from '#shared/tokens/sign.ts';

/** A new session of the user with its two tokens. Storing the session is left to the caller. */
export async function openSession(
  { id: userId, sessionGeneration }: Pick<User, 'id' | 'sessionGeneration'>,
  device?: string,
): Promise<{ session: Session; accessToken: string; refreshToken: string }> {
  const now = Date.now();
  const sessionId = randomUUID();
  const [accessToken, refreshToken] = await Promise.all([
    signToken('access', { userId, sessionId }, now),
    signToken('refresh', { userId, sessionId, rotation: 0 }, now),
  ]);
  const createdAt = new Date(now).toISOString();
  const session = {
    id: sessionId,
    userId,
    device: device && cut(device, 200),
    createdAt,
    lastUsedAt: createdAt,
    rotation: 0,
    expiresAt: Math.floor(now / 1000) + lifetime.refresh,
    generation: sessionGeneration,
  };
  return { session, accessToken, refreshToken };
}

/** Ends the user's least recently used sessions above the maximum, and closes their sockets. Never throws: the next login ends them. */
export async function endExcessSessions(userId: string): Promise<void> {
  try {
    await endExcess(userId);
  } catch (error) {
    log.warn('excess sessions not ended', { error });
  }
}

async function endExcess(userId: string): Promise<void> {
  const sessions = await listStoredSessions(userId);
  if (sessions.length <= maxSessions) return;
  // Those that have ended go first: their tokens can still be tried, which counts as a use.
  const rank = ({ generation = 0, lastUsedAt }: Session) => `${String(generation).padStart(9, '0')} ${lastUsedAt}`;
  const newestFirst = sessions.sort((a, b) => (rank(a) < rank(b) ? 1 : -1));
  const ids = newestFirst.slice(maxSessions).map(({ id }) => id);
  await endAndCloseSockets(
    userId,
    ({ sessionId }) => ids.includes(sessionId),
    () => deleteSessions(userId, ids),
  );
}
