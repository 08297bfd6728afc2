import { succeeded } from '#shared/contract/fields/success.ts';
import { linkGoogle } from '#shared/contract/google/link-google.ts';
import { storeGoogleLink } from '#shared/data/accounts/google-links.ts';
import { acceptToken, inTime } from '#shared/google/oauth.ts';
import { seal } from '#shared/google/vault.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(linkGoogle, async ({ userId, sessionId, body }) => {
  const tokens = await inTime(acceptToken(body.token));
  const refusal = await storeGoogleLink(userId, sessionId, await seal(userId, tokens));
  if (refusal === 'session ended') throw new Problem('session_ended');
  return succeeded;
});
