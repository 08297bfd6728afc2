import { redeemTicket } from '#shared/accounts/tickets.ts';
import { requireWriter } from '#shared/chats/access.ts';
import { connectQuery } from '#shared/contract/websocket/connect.ts';
import { getLiveSession } from '#shared/data/accounts/sessions.ts';
import { getShards } from '#shared/data/connections/shards.ts';
import { openInbox, openInChat } from '#shared/delivery/open-socket.ts';
import { done, refuseHandshake, socketRoute } from '#shared/lambda/socket-route.ts';
import { requireSwitchedOn } from '#shared/lambda/switches.ts';
import { parse } from '#shared/lambda/validation.ts';
import { identify } from '#shared/platform/invocation-log.ts';
import { Problem } from '#shared/platform/problem.ts';
import { verifyToken } from '#shared/tokens/verify.ts';

export const handler = socketRoute(async ({ connectionId, query }) => {
  const { chatId, inbox, token, ticket, events } = parse(connectQuery, query);
  if (inbox === undefined) identify({ chatId });
  await requireSwitchedOn();
  const { userId, sessionId } = await (ticket === undefined ? verifyToken('access', token) : redeemTicket(ticket));
  identify({ userId });
  const [session, shards] = await Promise.all([
    getLiveSession(userId, sessionId),
    inbox === undefined && shardsFor(userId, chatId),
  ]);
  if (!session) throw new Problem('session_ended');
  const socket = { connectionId, chatId, events: events === '1' };
  const refusal = await (shards ? openInChat(socket, session, shards) : openInbox(connectionId, session));
  if (refusal) throw new Problem(problemOf[refusal]);
  return done;
}, refuseHandshake);

const problemOf = {
  full: 'too_many_requests',
  'not a participant': 'not_a_participant',
  'session ended': 'session_ended',
} as const;

/** Over how many shards a new connection may be put, if the user may write in the chat. Throws as `requireWriter`. */
async function shardsFor(userId: string, chatId: string): Promise<number> {
  const [shards] = await Promise.all([getShards(chatId), requireWriter(userId, chatId)]);
  return shards;
}
