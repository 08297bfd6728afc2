import { createLocalJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Problem } from '#shared/platform/problem.ts';
import { algorithm, audience, headerType, issuer, rereadAfter, type TokenClaims, type TokenKind } from './claims.ts';
import { readPublicKeys } from './public-keys.ts';

/** The public keys are read again after this time, so that a removed key doesn't stay valid. Milliseconds. */
const memory = 10 * 60_000;

let readAt = 0;
let triedAt = 0;
let remembered: JWTVerifyGetKey;

/** In place of jose's own remote set, which would load Node's fetch: 25 ms of a function's start. */
const keys: JWTVerifyGetKey = async (header, token) => {
  if (Date.now() - readAt > memory) await read();
  try {
    return await remembered(header, token);
  } catch (error) {
    const young = Date.now() - triedAt <= rereadAfter;
    if (young || !(error instanceof errors.JWKSNoMatchingKey)) throw error;
    await read();
    return remembered(header, token);
  }
};

async function read(): Promise<void> {
  triedAt = Date.now();
  remembered = createLocalJWKSet({ keys: await readPublicKeys() });
  readAt = Date.now();
}

/** Returns the claims of a valid token. Throws `token_expired` or `token_invalid`. */
export async function verifyToken(kind: TokenKind, token: string): Promise<Required<TokenClaims>> {
  try {
    const { payload } = await jwtVerify<{ sid: string; rot?: number }>(token, keys, {
      algorithms: [algorithm],
      issuer,
      audience,
      typ: headerType[kind],
      requiredClaims: ['sub', 'sid', 'exp'],
    });
    return { userId: payload.sub as string, sessionId: payload.sid, rotation: payload.rot ?? 0 };
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw new Problem('token_expired', { cause });
    // Any other error is about the keys, not the token: it must not log anybody out.
    throw cause instanceof errors.JOSEError ? new Problem('token_invalid', { cause }) : cause;
  }
}
