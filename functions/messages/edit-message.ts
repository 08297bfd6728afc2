import { editMessage } from '#shared/changes/edit.ts';
import { editMessage as contract } from '#shared/contract/messages/edit-message.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(contract, async ({ userId, params, body }) => ({
  message: await editMessage({ ...params, userId }, body),
}));
