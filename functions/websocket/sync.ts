import { sync } from '#shared/changes/sync.ts';
import { requireParticipant, requireWriter } from '#shared/chats/access.ts';
import { syncFrame, syncing } from '#shared/contract/websocket/sync.ts';
import { requireAllowance } from '#shared/lambda/limits.ts';
import { refuseByPost } from '#shared/lambda/refuse-by-post.ts';
import { done, socketRoute } from '#shared/lambda/socket-route.ts';
import { requireSocketChat } from '#shared/lambda/socket-user.ts';
import { requireSwitchedOn } from '#shared/lambda/switches.ts';
import { parse, parseJson } from '#shared/lambda/validation.ts';

export const handler = socketRoute(async ({ connectionId, text }) => {
  const request = parse(syncFrame, parseJson(text));
  await requireSwitchedOn();
  const socket = await requireSocketChat(connectionId, request);
  const { chatId, userId, isInbox } = socket;
  // A block closes the sockets of its chat; an inbox stays open.
  const requireReader = () => (isInbox ? requireWriter : requireParticipant)(userId, chatId);
  await Promise.all([requireReader(), requireAllowance('websocket/sync', userId, syncing)]);
  await sync({ ...socket, connectionId }, request);
  return done;
}, refuseByPost);
