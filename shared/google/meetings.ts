import { meet } from 'googleapis/build/src/apis/meet/index.js';
import { getGoogleLink, renewGoogleLink } from '#shared/data/accounts/google-links.ts';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';
import { googleTimeout, oauthClient } from './oauth.ts';
import { googleProblem } from './refusals.ts';
import { seal, unseal } from './vault.ts';

/**
 * Makes a new Google Meet link in the user's name. Renews an expired token.
 * Throws `google_not_linked`, `google_link_expired`, `google_blocked`, `google_busy`, `google_not_configured`.
 */
export async function newMeeting(userId: string): Promise<string> {
  const link = await getGoogleLink(userId);
  if (!link) throw new Problem('google_not_linked');
  const tokens = await unseal(userId, link.sealedTokens);
  if (!tokens.refreshToken && tokens.expiresAt <= Date.now()) throw new Problem('google_link_expired');
  const { client } = await oauthClient();
  client.setCredentials({
    access_token: tokens.accessToken,
    // Google's client renews a token five minutes before this date, and fails then if there is no refresh token.
    ...(tokens.refreshToken && { refresh_token: tokens.refreshToken, expiry_date: tokens.expiresAt }),
  });
  let renewed = tokens;
  client.on('tokens', ({ access_token: accessToken, expiry_date: expiresAt }) => {
    if (accessToken && expiresAt) renewed = { ...tokens, accessToken, expiresAt };
  });
  const api = meet({ version: 'v2', auth: client, rootUrl: settings.googleMeetUrl() });
  const created = await api.spaces
    .create({ requestBody: {} }, { timeout: googleTimeout, retry: false })
    .catch((cause: unknown) => {
      throw googleProblem(cause, 'google_link_expired');
    });
  if (renewed !== tokens) await renewGoogleLink(userId, link, await seal(userId, renewed));
  const { meetingUri } = created.data;
  if (!meetingUri) throw new Problem('google_busy', { retryAfter: 10 });
  return meetingUri;
}
