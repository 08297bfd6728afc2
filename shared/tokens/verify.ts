import { createLocalJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { listPublicKeys } from '#shared/data/control/public-keys.ts';
import { Cached } from '#shared/platform/cached.ts';
import { log } from '#shared/platform/log.ts';
import { Problem } from '#shared/platform/problem.ts';
import { algorithm, audience, headerType, issuer, rereadAfterMs, type TokenClaims, type TokenKind } from './claims.ts';

/** The public keys are read again after ten minutes, so that a removed key doesn't stay valid. */
const cached = new Cached<JWTVerifyGetKey>({ ttlMs: 10 * 60_000 });

/** How long the last keys stay in use when they can't be read again, milliseconds. */
const staleMs = 60_000;

/** The newest attempt to read the keys, and the newest that succeeded. */
let lastAttempt: { at: number; error?: unknown } = { at: 0 };
let lastRead: JWTVerifyGetKey | undefined;

/** Finds the key that a token names. An unknown key may be new, so it is looked for again before a token is rejected. */
const findKey: JWTVerifyGetKey = async (header, token) => {
  const keys = cached.get('all') ?? (await readKeysOrKeepLast());
  try {
    return await keys(header, token);
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    if (Date.now() - lastAttempt.at > rereadAfterMs) return (await readKeys())(header, token);
    // Without an answer to the newest attempt nobody knows whether there is such a key.
    throw lastAttempt.error ?? error;
  }
};

/** The keys that were read before are better than none: a key is removed only long after its last token has expired. */
async function readKeysOrKeepLast(): Promise<JWTVerifyGetKey> {
  try {
    return await readKeys();
  } catch (error) {
    if (!lastRead) throw error;
    log.warn('public keys not read: the last ones stay in use', { error });
    cached.set('all', lastRead, staleMs);
    return lastRead;
  }
}

async function readKeys(): Promise<JWTVerifyGetKey> {
  const attempt: typeof lastAttempt = { at: Date.now() };
  lastAttempt = attempt;
  try {
    lastRead = createLocalJWKSet({ keys: await listPublicKeys() });
  } catch (error) {
    attempt.error = error;
    throw error;
  }
  cached.set('all', lastRead);
  return lastRead;
}

/** Returns the claims of a valid token. Throws `token_expired` or `token_invalid`. */
export async function verifyToken(kind: TokenKind, token: string): Promise<Required<TokenClaims>> {
  try {
    const { payload } = await jwtVerify<{ sid: string; rot?: number }>(token, findKey, {
      algorithms: [algorithm],
      issuer,
      audience,
      typ: headerType[kind],
      requiredClaims: ['sub', 'sid', 'exp'],
    });
    return { userId: payload.sub as string, sessionId: payload.sid, rotation: payload.rot ?? 0 };
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw new Problem('token_expired', { cause });
    // Any other error is about the keys, not the token, and must not log anybody out.
    throw cause instanceof errors.JOSEError ? new Problem('token_invalid', { cause }) : cause;
  }
}
