import { randomUUID } from 'node:crypto';
import type { Session } from '#shared/data/accounts/sessions.ts';
import { lifetime } from '#shared/tokens/claims.ts';
import { signToken } from '#shared/tokens/sign.ts';

/** A new session of the user with its two tokens. Storing the session is left to the caller. */
export async function openSession(
  userId: string,
  device = 'unknown',
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
    device: device.slice(0, 200),
    createdAt,
    lastUsedAt: createdAt,
    rotation: 0,
    expiresAt: Math.floor(now / 1000) + lifetime.refresh,
  };
  return { session, accessToken, refreshToken };
}
