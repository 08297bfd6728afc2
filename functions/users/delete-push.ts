import { succeeded } from '#shared/contract/fields/success.ts';
import { deletePush } from '#shared/contract/users/delete-push.ts';
import { deleteDevice } from '#shared/data/accounts/push-devices.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(deletePush, async ({ userId, sessionId }) => {
  await deleteDevice(userId, sessionId);
  return succeeded;
});
