import { importPKCS8, SignJWT } from 'jose';
import * as z from 'zod/mini';
import { Cached } from '#shared/platform/cached.ts';
import { settings } from '#shared/platform/settings.ts';
import type { ServiceAccount } from './service-account.ts';

const scope = 'https://www.googleapis.com/auth/firebase.messaging';
const audience = 'https://oauth2.googleapis.com/token';
/** Google's maximum, seconds. */
const lifetime = 60 * 60;
/** How long before it expires an access token is replaced, milliseconds. */
const marginMs = 10 * 60_000;

const answer = z.object({ access_token: z.string(), expires_in: z.number() });

const cached = new Cached<string>({ ttlMs: 0 });

export function forgetAccessToken({ client_email }: ServiceAccount): void {
  cached.set(client_email, '', 0);
}

/** An access token with which the service account may send pushes. Throws if Google gives none. */
export async function accessToken(account: ServiceAccount, signal: AbortSignal): Promise<string> {
  const known = cached.get(account.client_email);
  if (known) return known;
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: await assertion(account),
  });
  const response = await fetch(`${settings.googleOauthUrl()}/token`, { method: 'POST', body, signal });
  if (!response.ok) throw new Error(`Google answered ${response.status} when it was asked for an access token.`);
  const { access_token, expires_in } = z.parse(answer, await response.json());
  cached.set(account.client_email, access_token, expires_in * 1000 - marginMs);
  return access_token;
}

async function assertion({ client_email, private_key }: ServiceAccount): Promise<string> {
  const seconds = Math.floor(Date.now() / 1000);
  return new SignJWT({ scope })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(client_email)
    .setAudience(audience)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + lifetime)
    .sign(await importPKCS8(private_key, 'RS256'));
}
