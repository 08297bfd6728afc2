import { sending } from '../../shared/contract/messages.ts';
import { messageFrame } from '../../shared/contract/websocket.ts';
import { spendAsSender } from '../../shared/data/connections.ts';
import { reply } from '../../shared/delivery/deliver.ts';
import { Problem } from '../../shared/problem.ts';
import { send } from '../../shared/send.ts';
import { done, errorFrame, type Refuse, socketRoute } from '../../shared/socket-route.ts';
import { parse, parseJson } from '../../shared/validation.ts';

const refuse: Refuse = async (problem, event) => {
  await reply(event.requestContext.connectionId, errorFrame(problem, event));
  return done;
};

export const handler = socketRoute(async (event) => {
  const { connectionId } = event.requestContext;
  const { content, clientId } = parse(messageFrame, parseJson(event.body ?? ''));
  const sender = await spendAsSender(connectionId, sending);
  if (!sender) throw new Problem('not_a_participant');
  event.userId = sender.userId;
  const { message, repeated } = await send(sender, { content, clientId });
  if (repeated) await reply(connectionId, message);
  return done;
}, refuse);
