import { pinMessage } from '#shared/changes/pin.ts';
import { pinMessage as contract } from '#shared/contract/messages/pin-message.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(contract, async ({ userId, params }) => ({
  message: await pinMessage({ ...params, userId }),
}));
