import { connectQuery } from '../../shared/contract/websocket.ts';
import { addConnection } from '../../shared/data/connections.ts';
import { findParticipant } from '../../shared/data/memberships.ts';
import { Problem } from '../../shared/problem.ts';
import { done, refuseHandshake, socketRoute } from '../../shared/socket-route.ts';
import { verifyToken } from '../../shared/tokens/verify.ts';
import { parse } from '../../shared/validation.ts';

export const handler = socketRoute(async (event) => {
  const { chatId, token } = parse(connectQuery, event.queryStringParameters ?? {});
  const { userId } = await verifyToken('access', token);
  event.userId = userId;
  const participant = await findParticipant(userId, chatId);
  if (!participant) throw new Problem('not_a_participant');
  await addConnection(event.requestContext.connectionId, { chatId, userId, ...participant });
  return done;
}, refuseHandshake);
