import { requireParticipant } from '#shared/chats/access.ts';
import { sync } from '#shared/chats/sync.ts';
import { syncFrame, syncing } from '#shared/contract/websocket/sync.ts';
import { requireAllowance } from '#shared/lambda/limits.ts';
import { refuseByPost } from '#shared/lambda/refuse-by-post.ts';
import { done, socketRoute } from '#shared/lambda/socket-route.ts';
import { requireSocketUser } from '#shared/lambda/socket-user.ts';
import { requireSwitchedOn } from '#shared/lambda/switches.ts';
import { parse, parseJson } from '#shared/lambda/validation.ts';

export const handler = socketRoute(async ({ connectionId, text }) => {
  const { after } = parse(syncFrame, parseJson(text));
  await requireSwitchedOn();
  const { chatId, userId } = await requireSocketUser(connectionId);
  await Promise.all([requireParticipant(userId, chatId), requireAllowance('websocket/sync', userId, syncing)]);
  await sync(connectionId, userId, chatId, after);
  return done;
}, refuseByPost);
