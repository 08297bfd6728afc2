import { succeeded } from '#shared/contract/fields/success.ts';
import { unlinkGoogle } from '#shared/contract/google/unlink-google.ts';
import { deleteGoogleLink } from '#shared/data/accounts/google-links.ts';
import { revokeAtGoogle } from '#shared/google/revoke.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(unlinkGoogle, async ({ userId }) => {
  const link = await deleteGoogleLink(userId);
  if (link) await revokeAtGoogle(userId, link.sealedTokens);
  return succeeded;
});
