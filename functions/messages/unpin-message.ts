import { unpinMessage } from '#shared/changes/pin.ts';
import { unpinMessage as contract } from '#shared/contract/messages/unpin-message.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(contract, async ({ userId, params }) => ({
  message: await unpinMessage({ ...params, userId }),
}));
