import { createHash, randomUUID } from 'node:crypto';
import type { Session } from './data/sessions.ts';
import type { User } from './data/users.ts';
import { lifetime } from './tokens/form.ts';
import { signToken } from './tokens/sign.ts';

/** What is stored of a refresh token: a thief of the table can't refresh with it. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** A new session of the user, still to be stored, and its two tokens. */
export async function openSession(
  userId: string,
): Promise<{ session: Session; accessToken: string; refreshToken: string }> {
  const now = Date.now();
  const sessionId = randomUUID();
  const claims = { userId, sessionId };
  const [accessToken, refreshToken] = await Promise.all([
    signToken('access', claims, now),
    signToken('refresh', claims, now),
  ]);
  const session = {
    id: sessionId,
    userId,
    tokenHash: hashToken(refreshToken),
    createdAt: new Date(now).toISOString(),
    expiresAt: Math.floor(now / 1000) + lifetime.refresh,
  };
  return { session, accessToken, refreshToken };
}

/** A user as the specification shows one to themselves. */
export const toUser = ({ id, email, name, phone }: User) => ({ id, email, name, phone });
