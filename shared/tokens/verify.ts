import { createLocalJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Cached } from '#shared/platform/cached.ts';
import { log } from '#shared/platform/log.ts';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';
import { algorithm, audience, headerType, issuer, rereadAfterMs, type TokenClaims, type TokenKind } from './claims.ts';
import { readPublicKeys } from './public-keys.ts';

/** The public keys are read again after ten minutes, so that a removed key doesn't stay valid. */
const cached = new Cached<JWTVerifyGetKey>({ ttlMs: 10 * 60_000 });

let lastReadAt = 0;
let lastRead: JWTVerifyGetKey | undefined;

/** How long the last keys stay in use when they can't be read again, milliseconds. */
const staleMs = 60_000;

/** Our own instead of jose's remote key set, which would load Node's fetch: 25 ms of a function's start. */
const findKey: JWTVerifyGetKey = async (header, token) => {
  const keys = cached.get(settings.publicKeys()) ?? (await readKeysAgain());
  try {
    return await keys(header, token);
  } catch (error) {
    const justRead = Date.now() - lastReadAt <= rereadAfterMs;
    if (justRead || !(error instanceof errors.JWKSNoMatchingKey)) throw error;
    const newKeys = await readKeys();
    return newKeys(header, token);
  }
};

/** The keys that were read before are better than none: a key is removed only long after its last token has expired. */
async function readKeysAgain(): Promise<JWTVerifyGetKey> {
  try {
    return await readKeys();
  } catch (error) {
    if (!lastRead) throw error;
    log.warn('public keys not read: the last ones stay in use', { error });
    cached.set(settings.publicKeys(), lastRead, staleMs);
    return lastRead;
  }
}

async function readKeys(): Promise<JWTVerifyGetKey> {
  // Set before reading, so that a failure does not have every token read the keys again.
  lastReadAt = Date.now();
  const keys = createLocalJWKSet({ keys: await readPublicKeys() });
  cached.set(settings.publicKeys(), keys);
  lastRead = keys;
  return keys;
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
