import { send } from '#shared/chats/send.ts';
import { messageFrame } from '#shared/contract/websocket/index.ts';
import { refuseByPost } from '#shared/lambda/refuse-by-post.ts';
import { done, socketRoute } from '#shared/lambda/socket-route.ts';
import { requireSocketUser } from '#shared/lambda/socket-user.ts';
import { parse, parseJson } from '#shared/lambda/validation.ts';

export const handler = socketRoute(async (event) => {
  const { content, clientId } = parse(messageFrame, parseJson(event.body ?? ''));
  const { chatId, userId } = await requireSocketUser(event);
  await send({ chatId, userId, connectionId: event.requestContext.connectionId }, { content, clientId });
  return done;
}, refuseByPost);
