import { setTimeout as sleep } from 'node:timers/promises';
import { OAuth2Client } from 'google-auth-library';
import { log } from '../log.ts';
import { operatorSecret } from '../operator-secret.ts';
import { Problem } from '../problem.ts';
import { settings } from '../settings.ts';
import type { GoogleTokens } from './vault.ts';

/** What a link must allow: to make meetings, and to see those that we made. */
const scope = 'https://www.googleapis.com/auth/meetings.space.created';

/** Google's answer to one request, and to all that one of ours takes: its client tries again by itself. Milliseconds. */
export const googleTimeout = 4000;
const patience = 9000;

/** What speaks with Google, given up in time. Throws `google_busy` then. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  const waiting = new AbortController();
  const late = sleep(patience, undefined, { signal: waiting.signal }).then(() => {
    throw new Problem('google_busy', { retryAfter: 10 });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    waiting.abort();
    late.catch(() => {});
    work.catch(() => {});
  }
}

/** Google's OAuth for our client ids (several with commas between: those of the web, Android and iOS). */
export async function oauthClient(): Promise<{ client: OAuth2Client; clientIds: string[] }> {
  const { googleClientId, googleClientSecret } = await operatorSecret();
  if (!googleClientId || !googleClientSecret) {
    log.error('Google has no client: fill googleClientId and googleClientSecret in the secret', {
      secret: settings.operatorSecret(),
    });
    throw new Problem('google_not_configured');
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

/** What google_sign_in gave, checked with Google. Throws `google_token_invalid`, `google_wrong_audience`, `google_scope_missing`. */
export async function acceptToken(token: string): Promise<GoogleTokens> {
  const { client, clientIds } = await oauthClient();
  const exchanged = token.startsWith('4/') ? await exchange(client, token) : undefined;
  const accessToken = exchanged?.accessToken ?? token;
  const info = await client.getTokenInfo(accessToken).catch(refuse);
  if (!clientIds.includes(info.aud)) throw new Problem('google_wrong_audience');
  if (!info.scopes.includes(scope)) throw new Problem('google_scope_missing');
  return { accessToken, expiresAt: info.expiry_date, ...(exchanged?.refreshToken && exchanged) };
}

/** A server auth code gives a refresh token the first time it is exchanged. */
async function exchange(client: OAuth2Client, code: string) {
  const { tokens } = await client.getToken(code).catch(refuse);
  if (!tokens.access_token) throw new Problem('google_token_invalid');
  return { accessToken: tokens.access_token, refreshToken: tokens.refresh_token ?? undefined };
}

function refuse(cause: unknown): never {
  throw googleProblem(cause, 'google_token_invalid');
}

/** What Google's refusal means: a 4xx is `refused`, everything else is Google being away. */
export function googleProblem(cause: unknown, refused: 'google_token_invalid' | 'google_link_expired'): Problem {
  if (cause instanceof Problem) return cause;
  const { status, response } = (cause ?? {}) as { status?: number; response?: { status?: number } };
  const answered = response?.status ?? status;
  const busy = answered === undefined || answered === 429 || answered >= 500;
  // The cause is left out: the library's errors hold the request, and so the token.
  return busy ? new Problem('google_busy', { retryAfter: 10 }) : new Problem(refused);
}
