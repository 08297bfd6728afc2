import { importJWK, SignJWT } from 'jose';
import { Cached } from '#shared/platform/cached.ts';
import { settings } from '#shared/platform/settings.ts';
import {
  algorithm,
  audience,
  headerType,
  issuer,
  lifetime,
  signingKeyTtlMs,
  type TokenClaims,
  type TokenKind,
} from './claims.ts';
import { readPrivateKey } from './signing-key.ts';

/** Returns a JWT for the user and session, valid for the kind's lifetime from `now` (milliseconds). */
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

type SigningKey = { kid: string; key: Awaited<ReturnType<typeof importJWK>> };
const cached = new Cached<SigningKey>({ ttlMs: signingKeyTtlMs });

/** Returns the key that signs tokens now. Throws ServiceUnavailable if the first key has not been made yet. */
async function signingKey(): Promise<SigningKey> {
  const arn = settings.tokenKey();
  const known = cached.get(arn);
  if (known) return known;
  const jwk = await readPrivateKey({ VersionStage: 'AWSCURRENT' });
  if (!jwk) {
    const text = `The secret ${arn} holds no key yet. Its rotation makes the first one: see docs/operate.md.`;
    throw Object.assign(new Error(text), { name: 'ServiceUnavailable' });
  }
  const key = { kid: jwk.kid, key: await importJWK(jwk, algorithm) };
  cached.set(arn, key);
  return key;
}
