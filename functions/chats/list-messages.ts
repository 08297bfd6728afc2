import { toMessages } from '#shared/chats/messages.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { getMembership } from '#shared/data/memberships.ts';
import { listMessages as readMessages } from '#shared/data/messages.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(listMessages, async ({ userId, params, query }) => {
  const [membership, messages] = await Promise.all([
    getMembership(userId, params.chatId),
    readMessages(params.chatId, query),
  ]);
  if (!membership) throw new Problem('not_a_participant');
  return { messages: await toMessages(messages) };
});
