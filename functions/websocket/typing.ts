import { requireWriterWithin } from '#shared/chats/access.ts';
import { deliverTyping } from '#shared/chats/typing.ts';
import { typing } from '#shared/contract/chats/limits.ts';
import { typingFrame } from '#shared/contract/websocket/typing.ts';
import { refuseByPost } from '#shared/lambda/refuse-by-post.ts';
import { done, type RefusalHandler, socketRoute } from '#shared/lambda/socket-route.ts';
import { requireSocketChat } from '#shared/lambda/socket-user.ts';
import { requireSwitchedOn } from '#shared/lambda/switches.ts';
import { parse, parseJson } from '#shared/lambda/validation.ts';

/** One too many is dropped: nobody misses it. */
const refuse: RefusalHandler = (problem, input) =>
  problem.code === 'too_many_requests' ? done : refuseByPost(problem, input);

export const handler = socketRoute(async ({ connectionId, text }) => {
  const frame = parse(typingFrame, parseJson(text));
  await requireSwitchedOn();
  const { userId, chatId } = await requireSocketChat(connectionId, frame);
  await requireWriterWithin(typing, userId, chatId);
  await deliverTyping(userId, chatId);
  return done;
}, refuse);
