import { reply } from '#shared/delivery/broadcast.ts';
import { done, errorFrame, type RefusalHandler } from './socket-route.ts';

/** For routes without a route response: posts the problem to the connection. */
export const refuseByPost: RefusalHandler = async (problem, event) => {
  await reply(event.requestContext.connectionId, errorFrame(problem, event));
  return done;
};
