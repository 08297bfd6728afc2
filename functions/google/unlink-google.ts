import { succeeded } from '#shared/contract/fields/success.ts';
import { unlinkGoogle } from '#shared/contract/google/unlink-google.ts';
import { unlinkGoogle as unlink } from '#shared/google/unlink.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(unlinkGoogle, async ({ userId }) => {
  await unlink(userId);
  return succeeded;
});
