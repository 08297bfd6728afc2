import { listMessages } from '../../shared/contract/messages.ts';
import { getMembership } from '../../shared/data/memberships.ts';
import { listMessages as readMessages } from '../../shared/data/messages.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { toMessages } from '../../shared/messages.ts';
import { Problem } from '../../shared/problem.ts';

export const handler = endpoint(listMessages, async ({ userId, params, query }) => {
  const [membership, messages] = await Promise.all([
    getMembership(userId, params.chatId),
    readMessages(params.chatId, query),
  ]);
  if (!membership) throw new Problem('not_a_participant');
  return { messages: await toMessages(messages) };
});
