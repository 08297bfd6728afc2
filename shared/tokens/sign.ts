import { SignJWT } from 'jose';
import { algorithm, audience, headerType, issuer, lifetime, type TokenClaims, type TokenKind } from './claims.ts';
import { signingKey } from './signing-key.ts';

/** A JWT for the user and session, valid for the kind's lifetime from `now` (milliseconds). */
export async function signToken(
  kind: TokenKind,
  { userId, sessionId, rotation }: TokenClaims,
  now = Date.now(),
): Promise<string> {
  const { kid, key } = await signingKey();
  const seconds = Math.floor(now / 1000);
  return new SignJWT({ sid: sessionId, ...(rotation !== undefined && { rot: rotation }) })
    .setProtectedHeader({ alg: algorithm, typ: headerType[kind], kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(userId)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + lifetime[kind])
    .sign(key);
}
