import { removeReaction } from '#shared/changes/react.ts';
import { removeReaction as contract } from '#shared/contract/messages/remove-reaction.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(contract, async ({ userId, params: { emoji, ...message } }) => ({
  message: await removeReaction({ ...message, userId }, emoji),
}));
