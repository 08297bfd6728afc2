import { succeeded } from '#shared/contract/fields/success.ts';
import { setPush } from '#shared/contract/users/set-push.ts';
import { storeDevice } from '#shared/data/accounts/push-devices.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(setPush, async ({ userId, sessionId, body }) => {
  const refusal = await storeDevice(userId, sessionId, body);
  if (refusal === 'session ended') throw new Problem('session_ended');
  if (refusal === 'changed') throw new Problem('unavailable', { retryAfter: 1 });
  return succeeded;
});
