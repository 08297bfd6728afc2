import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import { Problem } from '../problem.ts';
import { algorithm, audience, headerType, issuer, rereadAfter, type TokenClaims, type TokenKind } from './form.ts';
import { readPublicKeys } from './public-keys.ts';

/** Kept for ten minutes; a token with an unknown key's id has them read again. */
const keys = createRemoteJWKSet(new URL('parameter:public-keys'), {
  cooldownDuration: rereadAfter,
  [customFetch]: async () => Response.json({ keys: await readPublicKeys() }),
});

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
