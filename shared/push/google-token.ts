import { importPKCS8, SignJWT } from 'jose';
import * as z from 'zod/mini';
import { Cached } from '#shared/platform/cached.ts';
import { settings } from '#shared/platform/settings.ts';
import type { ServiceAccount } from './service-account.ts';

const scope = 'https://www.googleapis.com/auth/firebase.messaging';
const audience = 'https://oauth2.googleapis.com/token';
/** Google's maximum, seconds. */
const lifetime = 60 * 60;
/** How long an access token is used, milliseconds: it is valid for an hour. */
const usedMs = 50 * 60_000;
const timeoutMs = 5000;

const answer = z.object({ access_token: z.string() });

/** Promises, so that many requests that need a token at once ask for one. */
const cached = new Cached<Promise<string>>({ ttlMs: usedMs });

/** An access token with which the service account may send pushes. Throws if Google gives none. */
export function accessToken(account: ServiceAccount): Promise<string> {
  const known = cached.get(account.client_email);
  if (known) return known;
  const asked = askGoogle(account);
  cached.set(account.client_email, asked);
  asked.catch(() => forgetAccessToken(account, asked));
  return asked;
}

/** Has the next request ask for another token, unless one has done so already. */
export function forgetAccessToken({ client_email }: ServiceAccount, token: Promise<string>): void {
  if (cached.get(client_email) === token) cached.set(client_email, token, 0);
}

async function askGoogle(account: ServiceAccount): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: await assertion(account),
  });
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(`${settings.googleOauthUrl()}/token`, { method: 'POST', body, signal });
  if (response.ok) return z.parse(answer, await response.json()).access_token;
  const code = `GoogleToken${response.status}`;
  throw Object.assign(new Error(`Google answered ${response.status} when it was asked for an access token.`), { code });
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
