import { type GoogleLink, getGoogleLink, storeGoogleLink } from '#shared/data/accounts/google-links.ts';
import type { AwsError } from '#shared/platform/aws/call.ts';
import { log } from '#shared/platform/log.ts';
import { Problem } from '#shared/platform/problem.ts';
import { revokeAtGoogle } from './revoke.ts';
import { type GoogleTokens, seal, unseal } from './vault.ts';

/** How often other links of the same user may come first. */
const attempts = 5;

/**
 * Links a Google account, in the place of the one before. The same account keeps its refresh token if there is no new one,
 * because Google gives it only once. Another account's grant is revoked by the request whose link replaced it, so of
 * several links at once only the last one's account keeps a grant. Throws `session_ended` and `google_busy`.
 */
export async function linkAccount(userId: string, sessionId: string, tokens: GoogleTokens): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const replaced = await getGoogleLink(userId);
    const previous = replaced && (await readable(userId, replaced));
    const isSame = previous && isSameAccount(tokens, previous);
    const sealed = await seal(userId, isSame ? { ...previous, ...tokens } : tokens);
    const refusal = await storeGoogleLink(userId, sessionId, sealed, replaced);
    if (refusal === 'session ended') throw new Problem('session_ended');
    if (refusal === 'replaced meanwhile') continue;
    if (replaced && previous && isSame === false) await revokeUnlessLinkedAgain(userId, replaced, previous);
    else if (replaced && !isSame) log.warn('Google did not say whose token this is: none was revoked', { userId });
    return;
  }
  throw new Problem('google_busy', { retryAfter: 1 });
}

/** Undefined if Google told too little about one of them. */
function isSameAccount(a: GoogleTokens, b: GoogleTokens): boolean | undefined {
  if (a.sub && b.sub) return a.sub === b.sub;
  return a.email && b.email ? a.email === b.email : undefined;
}

/** The tokens of a link; undefined if they were encrypted with a key that is lost, which must not keep a user from linking. */
async function readable(userId: string, { sealedTokens }: GoogleLink): Promise<GoogleTokens | undefined> {
  try {
    return await unseal(userId, sealedTokens);
  } catch (error) {
    const { status, name } = error as Partial<AwsError>;
    if (status !== 400 || name === 'ThrottlingException') throw error;
    log.warn('Google tokens cannot be decrypted', { userId, reason: name });
    return undefined;
  }
}

/** Google revokes a grant with all its tokens, so also those of a request that has linked the account again meanwhile. */
async function revokeUnlessLinkedAgain(userId: string, replaced: GoogleLink, previous: GoogleTokens): Promise<void> {
  try {
    const link = await getGoogleLink(userId);
    const isLinkedAgain = link && isSameAccount(await unseal(userId, link.sealedTokens), previous);
    if (!isLinkedAgain) await revokeAtGoogle(userId, replaced.sealedTokens);
  } catch (error) {
    log.warn('Google did not revoke', { userId, reason: (error as Error).name });
  }
}
