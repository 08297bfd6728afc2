import { sync } from '#shared/chats/sync.ts';
import { syncFrame, syncing } from '#shared/contract/websocket/index.ts';
import { count } from '#shared/data/limits.ts';
import { getMembership } from '#shared/data/memberships.ts';
import { refuseByPost } from '#shared/lambda/refuse-by-post.ts';
import { done, socketRoute } from '#shared/lambda/socket-route.ts';
import { requireSocketUser } from '#shared/lambda/socket-user.ts';
import { parse, parseJson } from '#shared/lambda/validation.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = socketRoute(async (event) => {
  const { after } = parse(syncFrame, parseJson(event.body ?? ''));
  const { chatId, userId } = await requireSocketUser(event);
  const [membership] = await Promise.all([getMembership(userId, chatId), count('websocket/sync', userId, syncing)]);
  if (!membership) throw new Problem('not_a_participant');
  await sync(event.requestContext.connectionId, chatId, after);
  return done;
}, refuseByPost);
