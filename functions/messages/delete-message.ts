import { deleteMessage } from '#shared/changes/delete.ts';
import { deleteMessage as contract } from '#shared/contract/messages/delete-message.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(contract, async ({ userId, params, body }) => ({
  message: await deleteMessage({ ...params, userId }, body.reason),
}));
