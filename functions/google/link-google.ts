import { succeeded } from '#shared/contract/fields/success.ts';
import { linkGoogle } from '#shared/contract/google/link-google.ts';
import { linkAccount } from '#shared/google/link.ts';
import { acceptToken, inTime } from '#shared/google/oauth.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(linkGoogle, async ({ userId, sessionId, body }) => {
  await linkAccount(userId, sessionId, await inTime(acceptToken(body.token)));
  return succeeded;
});
