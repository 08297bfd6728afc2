import { createTicket } from '../../shared/contract/auth.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { issueTicket, ticketLifetime } from '../../shared/tickets.ts';
import { requireWriter } from '../../shared/writer.ts';

export const handler = endpoint(createTicket, async ({ userId, sessionId, body: { chatId } }) => {
  if (chatId !== undefined) await requireWriter(userId, chatId);
  return { ticket: await issueTicket({ userId, sessionId }), expiresIn: ticketLifetime };
});
