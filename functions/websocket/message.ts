import { send } from '#shared/chats/messages/send.ts';
import { messageFrame } from '#shared/contract/websocket/message.ts';
import { refuseByPost } from '#shared/lambda/refuse-by-post.ts';
import { done, socketRoute } from '#shared/lambda/socket-route.ts';
import { requireSocketChat } from '#shared/lambda/socket-user.ts';
import { requireSwitchedOn } from '#shared/lambda/switches.ts';
import { parse, parseJson } from '#shared/lambda/validation.ts';

export const handler = socketRoute(async ({ connectionId, text }) => {
  const { type: _, chatId: named, ...draft } = parse(messageFrame, parseJson(text));
  await requireSwitchedOn();
  const { chatId, userId } = await requireSocketChat(connectionId, { chatId: named });
  await send({ chatId, userId, connectionId }, draft);
  return done;
}, refuseByPost);
