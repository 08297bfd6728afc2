import { sync } from '#shared/changes/sync.ts';
import { requireParticipant } from '#shared/chats/access.ts';
import { syncFrame, syncing } from '#shared/contract/websocket/sync.ts';
import { requireAllowance } from '#shared/lambda/limits.ts';
import { refuseByPost } from '#shared/lambda/refuse-by-post.ts';
import { done, socketRoute } from '#shared/lambda/socket-route.ts';
import { requireSocketUser } from '#shared/lambda/socket-user.ts';
import { requireSwitchedOn } from '#shared/lambda/switches.ts';
import { parse, parseJson } from '#shared/lambda/validation.ts';

export const handler = socketRoute(async ({ connectionId, text }) => {
  const request = parse(syncFrame, parseJson(text));
  await requireSwitchedOn();
  const socket = await requireSocketUser(connectionId);
  const { chatId, userId } = socket;
  await Promise.all([requireParticipant(userId, chatId), requireAllowance('websocket/sync', userId, syncing)]);
  await sync({ ...socket, connectionId }, request);
  return done;
}, refuseByPost);
