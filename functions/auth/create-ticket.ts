import { createTicket } from '../../shared/contract/auth.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { issueTicket, ticketLifetime } from '../../shared/tickets.ts';

export const handler = endpoint(createTicket, async ({ userId, sessionId }) => ({
  ticket: await issueTicket({ userId, sessionId }),
  expiresIn: ticketLifetime,
}));
