import { syncFrame, syncing } from '../../shared/contract/websocket.ts';
import { getSender } from '../../shared/data/connections.ts';
import { count } from '../../shared/data/limits.ts';
import { refuseByPost } from '../../shared/delivery/refuse.ts';
import { Problem } from '../../shared/problem.ts';
import { done, socketRoute } from '../../shared/socket-route.ts';
import { sync } from '../../shared/sync.ts';
import { parse, parseJson } from '../../shared/validation.ts';

export const handler = socketRoute(async (event) => {
  const { connectionId } = event.requestContext;
  const { after } = parse(syncFrame, parseJson(event.body ?? ''));
  const sender = await getSender(connectionId);
  if (!sender) throw new Problem('not_a_participant');
  Object.assign(event, { userId: sender.userId, chatId: sender.chatId });
  await count('websocket/sync', sender.userId, syncing);
  await sync(connectionId, sender.chatId, after);
  return done;
}, refuseByPost);
