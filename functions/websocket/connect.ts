import { redeemTicket } from '#shared/accounts/tickets.ts';
import { connectQuery } from '#shared/contract/websocket/index.ts';
import { addConnection, listConnectionsOf } from '#shared/data/connections.ts';
import { getMembership } from '#shared/data/memberships.ts';
import { getShards } from '#shared/data/shards.ts';
import { done, refuseHandshake, socketRoute } from '#shared/lambda/socket-route.ts';
import { parse } from '#shared/lambda/validation.ts';
import { Problem } from '#shared/platform/problem.ts';
import { verifyToken } from '#shared/tokens/verify.ts';

/** Of one user at once, over all devices and chats: each of them is posted to. */
const maxSockets = 100;

export const handler = socketRoute(async (event) => {
  const { chatId, token, ticket, events } = parse(connectQuery, event.queryStringParameters ?? {});
  event.chatId = chatId;
  const { userId, sessionId } = await (ticket === undefined ? verifyToken('access', token) : redeemTicket(ticket));
  event.userId = userId;
  const [membership, shards, open] = await Promise.all([
    getMembership(userId, chatId),
    getShards(chatId),
    listConnectionsOf(userId),
  ]);
  if (!membership) throw new Problem('not_a_participant');
  if (membership.blocked) throw new Problem('blocked');
  if (open.length >= maxSockets) throw new Problem('too_many_requests');
  const { connectionId } = event.requestContext;
  const connection = { connectionId, chatId, userId, sessionId, events: events === '1' };
  const outcome = await addConnection(connection, shards);
  if (outcome === 'not a participant') throw new Problem('not_a_participant');
  if (outcome === 'session ended') throw new Problem('session_ended');
  return done;
}, refuseHandshake);
