import { unlinkGoogle } from '../../shared/contract/google.ts';
import { deleteGoogleLink } from '../../shared/data/google-links.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { inTime, oauthClient } from '../../shared/google/oauth.ts';
import { unseal } from '../../shared/google/vault.ts';
import { log } from '../../shared/log.ts';

export const handler = endpoint(unlinkGoogle, async ({ userId }) => {
  const link = await deleteGoogleLink(userId);
  if (link) await revoke(userId, link.sealedTokens);
  return { success: true as const };
});

/** Here the link is gone whatever Google says: a token that it has forgotten is as good as revoked. */
async function revoke(userId: string, sealedTokens: string): Promise<void> {
  try {
    const { refreshToken, accessToken } = await unseal(userId, sealedTokens);
    const { client } = await oauthClient();
    await inTime(client.revokeToken(refreshToken ?? accessToken));
  } catch (error) {
    log.warn('Google did not revoke', { userId, status: (error as { status?: number }).status });
  }
}
