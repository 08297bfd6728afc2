import { connectQuery } from '../../shared/contract/websocket.ts';
import { addConnection } from '../../shared/data/connections.ts';
import { findParticipant } from '../../shared/data/memberships.ts';
import { getShards } from '../../shared/data/shards.ts';
import { Problem } from '../../shared/problem.ts';
import { done, refuseHandshake, socketRoute } from '../../shared/socket-route.ts';
import { redeemTicket } from '../../shared/tickets.ts';
import { verifyToken } from '../../shared/tokens/verify.ts';
import { parse } from '../../shared/validation.ts';

export const handler = socketRoute(async (event) => {
  const { chatId, token, ticket, events } = parse(connectQuery, event.queryStringParameters ?? {});
  event.chatId = chatId;
  const { userId, sessionId } = await (ticket === undefined ? verifyToken('access', token) : redeemTicket(ticket));
  event.userId = userId;
  const [participant, shards] = await Promise.all([findParticipant(userId, chatId), getShards(chatId)]);
  if (!participant) throw new Problem('not_a_participant');
  if (participant.blocked) throw new Problem('blocked');
  const { connectionId } = event.requestContext;
  const connection = { connectionId, chatId, userId, sessionId, events: events === '1' };
  const outcome = await addConnection(connection, participant.userName, shards);
  if (outcome === 'not a participant') throw new Problem('not_a_participant');
  if (outcome === 'session ended') throw new Problem('session_ended');
  return done;
}, refuseHandshake);
