import { redeemTicket } from '#shared/accounts/tickets.ts';
import { requireWriter } from '#shared/chats/access.ts';
import { connectQuery } from '#shared/contract/websocket/connect.ts';
import { getLiveSession } from '#shared/data/accounts/sessions.ts';
import { addConnection } from '#shared/data/connections/connections.ts';
import { getShards } from '#shared/data/connections/shards.ts';
import { removeDead } from '#shared/data/connections/sockets.ts';
import { done, refuseHandshake, socketRoute } from '#shared/lambda/socket-route.ts';
import { requireSwitchedOn } from '#shared/lambda/switches.ts';
import { parse } from '#shared/lambda/validation.ts';
import { identify } from '#shared/platform/invocation-log.ts';
import { Problem } from '#shared/platform/problem.ts';
import { verifyToken } from '#shared/tokens/verify.ts';

export const handler = socketRoute(async ({ connectionId, query }) => {
  const { chatId, token, ticket, events } = parse(connectQuery, query);
  identify({ chatId });
  await requireSwitchedOn();
  const { userId, sessionId } = await (ticket === undefined ? verifyToken('access', token) : redeemTicket(ticket));
  identify({ userId });
  const [shards, session] = await Promise.all([
    getShards(chatId),
    getLiveSession(userId, sessionId),
    requireWriter(userId, chatId),
  ]);
  if (!session) throw new Problem('session_ended');
  const add = () => addConnection({ connectionId, chatId, events: events === '1' }, session, shards);
  let refusal = await add();
  if (refusal === 'full' && (await removeDead(userId)) > 0) refusal = await add();
  if (refusal === 'full') throw new Problem('too_many_requests');
  if (refusal === 'not a participant') throw new Problem('not_a_participant');
  if (refusal === 'session ended') throw new Problem('session_ended');
  return done;
}, refuseHandshake);
