import { createTicket } from '../../shared/contract/auth.ts';
import { getMembership } from '../../shared/data/memberships.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { Problem } from '../../shared/problem.ts';
import { issueTicket, ticketLifetime } from '../../shared/tickets.ts';

export const handler = endpoint(createTicket, async ({ userId, sessionId, body: { chatId } }) => {
  if (chatId !== undefined) {
    const membership = await getMembership(userId, chatId);
    if (!membership) throw new Problem('not_a_participant');
    if (membership.blocked) throw new Problem('blocked');
  }
  return { ticket: await issueTicket({ userId, sessionId }), expiresIn: ticketLifetime };
});
