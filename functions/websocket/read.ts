import { markAsRead } from '#shared/chats/mark-read.ts';
import { markReadFrame } from '#shared/contract/websocket/read.ts';
import { reply } from '#shared/delivery/reply.ts';
import { refuseByPost } from '#shared/lambda/refuse-by-post.ts';
import { done, socketRoute } from '#shared/lambda/socket-route.ts';
import { requireSocketChat } from '#shared/lambda/socket-user.ts';
import { requireSwitchedOn } from '#shared/lambda/switches.ts';
import { parse, parseJson } from '#shared/lambda/validation.ts';

export const handler = socketRoute(async ({ connectionId, text }) => {
  const frame = parse(markReadFrame, parseJson(text));
  await requireSwitchedOn();
  const { userId, chatId } = await requireSocketChat(connectionId, frame);
  const seq = await markAsRead(userId, chatId, frame.seq, connectionId);
  await reply(connectionId, { type: 'read', chatId, userId, seq });
  return done;
}, refuseByPost);
