import { createHash, randomBytes } from 'node:crypto';
import { storeTicket, type TicketHolder, takeTicket } from '#shared/data/accounts/tickets.ts';
import { Problem } from '#shared/platform/problem.ts';

/** How long a ticket is valid, seconds. */
export const ticketLifetime = 60;

const hashOf = (ticket: string): string => createHash('sha256').update(ticket).digest('base64url');

/** A ticket that opens one socket: 256 random bits. */
export async function issueTicket(holder: TicketHolder): Promise<string> {
  const ticket = randomBytes(32).toString('base64url');
  await storeTicket(hashOf(ticket), holder, Math.floor(Date.now() / 1000) + ticketLifetime);
  return ticket;
}

/** Uses up the ticket and returns its holder. Throws `token_invalid`. */
export async function redeemTicket(ticket: string): Promise<TicketHolder> {
  const holder = await takeTicket(hashOf(ticket));
  if (!holder) throw new Problem('token_invalid');
  return holder;
}
