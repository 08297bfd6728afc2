import { linkGoogle } from '../../shared/contract/google.ts';
import { storeGoogleLink } from '../../shared/data/google-links.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { acceptToken, inTime } from '../../shared/google/oauth.ts';
import { seal } from '../../shared/google/vault.ts';

export const handler = endpoint(linkGoogle, async ({ userId, body }) => {
  const tokens = await inTime(acceptToken(body.token));
  await storeGoogleLink(userId, await seal(userId, tokens));
  return { success: true as const };
});
