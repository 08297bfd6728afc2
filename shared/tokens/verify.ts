import { createLocalJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Problem } from '../problem.ts';
import { algorithm, audience, headerType, issuer, rereadAfter, type TokenClaims, type TokenKind } from './form.ts';
import { readPublicKeys } from './public-keys.ts';

/** The public keys are read again after this time, milliseconds: one that was taken away must not stay good. */
const memory = 10 * 60_000;

let readAt = 0;
let remembered: JWTVerifyGetKey;

/** jose's own set of this kind comes with Node's fetch, which takes a function 25 ms to load. */
const keys: JWTVerifyGetKey = async (header, token) => {
  if (Date.now() - readAt > memory) await read();
  try {
    return await remembered(header, token);
  } catch (error) {
    const young = Date.now() - readAt <= rereadAfter;
    if (young || !(error instanceof errors.JWKSNoMatchingKey)) throw error;
    await read();
    return remembered(header, token);
  }
};

async function read(): Promise<void> {
  remembered = createLocalJWKSet({ keys: await readPublicKeys() });
  readAt = Date.now();
}

/** Whose token it is. Throws `token_expired` or `token_invalid`. */
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
    // Anything else is trouble with the keys, not with the token: who has a good one must not be logged out.
    throw cause instanceof errors.JOSEError ? new Problem('token_invalid', { cause }) : cause;
  }
}
