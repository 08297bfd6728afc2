import { log } from '#shared/platform/log.ts';
import { settings } from '#shared/platform/settings.ts';
import { unseal } from './vault.ts';
import { withoutSecrets } from './without-secrets.ts';

/** How long Google may take, milliseconds. */
const timeoutMs = 4000;

/**
 * Asks Google to revoke a user's tokens, by a plain request, because Google's client is as large as the rest of the
 * function. Only logs a failure: the link ends anyway, and a token that Google has forgotten is as good as revoked.
 */
export async function revokeAtGoogle(userId: string, sealedTokens: string): Promise<void> {
  try {
    const { refreshToken, accessToken } = await unseal(userId, sealedTokens);
    const answer = await fetch(`${settings.googleOauthUrl()}/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: refreshToken ?? accessToken }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (answer.ok) return;
    log.warn('Google did not revoke', { userId, status: answer.status, answer: withoutSecrets(await answer.text()) });
  } catch (error) {
    // Not the error itself: it may quote a token.
    log.warn('Google did not revoke', { userId, reason: (error as Error).name });
  }
}
