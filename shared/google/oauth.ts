import { setTimeout as sleep } from 'node:timers/promises';
import { OAuth2Client } from 'google-auth-library';
import { log } from '#shared/platform/log.ts';
import { operatorSecret } from '#shared/platform/operator-secret.ts';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';
import { googleProblem } from './refusals.ts';
import type { GoogleTokens } from './vault.ts';

/** The scope that a token must have: to create meetings, and to see those that we created. */
const scope = 'https://www.googleapis.com/auth/meetings.space.created';

/** How long one request to Google may take, and all of them together: its client retries by itself. Milliseconds. */
export const googleTimeout = 4000;
const timeoutMs = 9000;

/** Waits for work that involves Google, for a limited time. Throws `google_busy` after that. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  const waiting = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: waiting.signal }).then(() => {
    const cause = new Error(`Google did not answer in ${timeoutMs / 1000} seconds.`);
    throw new Problem('google_busy', { retryAfter: 10, cause });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    waiting.abort();
    late.catch(() => {});
    work.catch(() => {});
  }
}

/** Google's OAuth client, and our client ids (there may be several, for the web, Android and iOS). */
export async function oauthClient(): Promise<{ client: OAuth2Client; clientIds: string[] }> {
  const { googleClientId, googleClientSecret } = await operatorSecret('googleClientId', 'googleClientSecret');
  if (!googleClientId || !googleClientSecret) {
    const reason = 'Google has no client: fill googleClientId and googleClientSecret in the secret';
    log.error(reason, { secret: settings.operatorSecret() });
    throw new Problem('google_not_configured', { cause: new Error(reason) });
  }
  const clientIds = googleClientId.split(',').map((id) => id.trim());
  const oauth = settings.googleOauthUrl();
  const client = new OAuth2Client({
    ...(clientIds[0] && { clientId: clientIds[0] }),
    clientSecret: googleClientSecret,
    redirectUri: '',
    endpoints: {
      oauth2TokenUrl: `${oauth}/token`,
      tokenInfoUrl: `${oauth}/tokeninfo`,
      oauth2RevokeUrl: `${oauth}/revoke`,
    },
    transporterOptions: { timeout: googleTimeout, retry: false },
  });
  return { client, clientIds };
}

/**
 * Checks with Google what google_sign_in gave.
 * Throws `google_token_invalid`, `google_wrong_audience`, `google_scope_missing`, `google_blocked`, `google_busy`,
 * `google_not_configured`.
 */
export async function acceptToken(token: string): Promise<GoogleTokens> {
  const { client, clientIds } = await oauthClient();
  const code = codeIn(token);
  const exchanged = code === undefined ? undefined : await exchange(client, code);
  const accessToken = exchanged?.accessToken ?? token;
  const info = await client.getTokenInfo(accessToken).catch(refuse);
  if (!clientIds.includes(info.aud)) {
    log.warn('a Google token of another client: is its id missing in googleClientId?', { client: info.aud });
    throw new Problem('google_wrong_audience');
  }
  if (!info.scopes.includes(scope)) throw new Problem('google_scope_missing');
  return {
    accessToken,
    expiresAt: info.expiry_date,
    ...(exchanged?.refreshToken && { refreshToken: exchanged.refreshToken }),
    ...(info.sub && { sub: info.sub }),
    ...(info.email && { email: info.email }),
  };
}

/** The server auth code that a token is. Apps that take it from a URL forget to decode it. */
const codeIn = (token: string): string | undefined =>
  /^4(\/|%2F)/i.test(token) ? token.replace(/%2F/gi, '/') : undefined;

/** Exchanges a server auth code. Only the first exchange gives a refresh token. */
async function exchange(client: OAuth2Client, code: string) {
  const { tokens } = await client.getToken(code).catch(refuse);
  if (!tokens.access_token) throw new Problem('google_token_invalid');
  return { accessToken: tokens.access_token, refreshToken: tokens.refresh_token ?? undefined };
}

function refuse(cause: unknown): never {
  throw googleProblem(cause, 'google_token_invalid');
}
