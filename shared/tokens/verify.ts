import { createPublicKey } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { Problem } from '../problem.ts';
import { settings } from '../settings.ts';
import { algorithm, audience, headerType, issuer, type TokenClaims, type TokenKind } from './form.ts';

const key = createPublicKey({ key: Buffer.from(settings.tokenPublicKey(), 'base64'), format: 'der', type: 'spki' });

/** Whose token it is. Throws `token_expired` or `token_invalid`. */
export async function verifyToken(kind: TokenKind, token: string): Promise<Required<TokenClaims>> {
  try {
    const { payload } = await jwtVerify<{ sid: string; rot?: number }>(token, key, {
      algorithms: [algorithm],
      issuer,
      audience,
      typ: headerType[kind],
      requiredClaims: ['sub', 'sid', 'exp'],
    });
    return { userId: payload.sub as string, sessionId: payload.sid, rotation: payload.rot ?? 0 };
  } catch (cause) {
    throw new Problem(cause instanceof errors.JWTExpired ? 'token_expired' : 'token_invalid', { cause });
  }
}
