import { sending } from '../../shared/contract/messages.ts';
import { messageFrame } from '../../shared/contract/websocket.ts';
import { spendAsSender } from '../../shared/data/connections.ts';
import { refuseByPost } from '../../shared/delivery/refuse.ts';
import { Problem } from '../../shared/problem.ts';
import { send } from '../../shared/send.ts';
import { done, socketRoute } from '../../shared/socket-route.ts';
import { parse, parseJson } from '../../shared/validation.ts';

export const handler = socketRoute(async (event) => {
  const { connectionId } = event.requestContext;
  const { content, clientId } = parse(messageFrame, parseJson(event.body ?? ''));
  const sender = await spendAsSender(connectionId, sending);
  if (!sender) throw new Problem('not_a_participant');
  Object.assign(event, { userId: sender.userId, chatId: sender.chatId });
  await send({ ...sender, connectionId }, { content, clientId });
  return done;
}, refuseByPost);
