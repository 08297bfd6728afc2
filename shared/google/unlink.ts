import { deleteGoogleLinkIf, getGoogleLink } from '#shared/data/accounts/google-links.ts';
import { revokeAtGoogle } from './revoke.ts';

/** Ends a user's link to Google. Revokes first, so that what breaks off here finds the link again when it is repeated. */
export async function unlinkGoogle(userId: string): Promise<void> {
  for (let link = await getGoogleLink(userId); link; link = await getGoogleLink(userId)) {
    await revokeAtGoogle(userId, link.sealedTokens);
    await deleteGoogleLinkIf(userId, link);
  }
}
