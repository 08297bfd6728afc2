import { addReaction } from '#shared/changes/react.ts';
import { addReaction as contract } from '#shared/contract/messages/add-reaction.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(contract, async ({ userId, params: { emoji, ...message } }) => ({
  message: await addReaction({ ...message, userId }, emoji),
}));
