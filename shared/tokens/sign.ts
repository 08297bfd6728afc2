import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { settings } from '../settings.ts';
import { algorithm, audience, headerType, issuer, lifetime, type TokenClaims, type TokenKind } from './form.ts';

const key = createPrivateKey({ key: Buffer.from(settings.tokenPrivateKey(), 'base64'), format: 'der', type: 'pkcs8' });

/** A JWT for the user and session, valid for the kind's lifetime from `now` (milliseconds). */
export function signToken(
  kind: TokenKind,
  { userId, sessionId, rotation }: TokenClaims,
  now = Date.now(),
): Promise<string> {
  const seconds = Math.floor(now / 1000);
  return new SignJWT({ sid: sessionId, ...(rotation !== undefined && { rot: rotation }) })
    .setProtectedHeader({ alg: algorithm, typ: headerType[kind] })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(userId)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + lifetime[kind])
    .sign(key);
}
