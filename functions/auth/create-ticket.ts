import { issueTicket, ticketLifetime } from '#shared/accounts/tickets.ts';
import { requireWriter } from '#shared/chats/access.ts';
import { createTicket } from '#shared/contract/auth/create-ticket.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(createTicket, async ({ userId, sessionId, body: { chatId } }) => {
  if (chatId !== undefined) await requireWriter(userId, chatId);
  return { ticket: await issueTicket({ userId, sessionId }), expiresIn: ticketLifetime };
});
