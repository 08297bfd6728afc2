import { messageFrame } from '../../shared/contract/websocket.ts';
import { refuseByPost } from '../../shared/delivery/refuse.ts';
import { send } from '../../shared/send.ts';
import { requireSender } from '../../shared/sender.ts';
import { done, socketRoute } from '../../shared/socket-route.ts';
import { parse, parseJson } from '../../shared/validation.ts';

export const handler = socketRoute(async (event) => {
  const { content, clientId } = parse(messageFrame, parseJson(event.body ?? ''));
  const { chatId, userId } = await requireSender(event);
  await send({ chatId, userId, connectionId: event.requestContext.connectionId }, { content, clientId });
  return done;
}, refuseByPost);
