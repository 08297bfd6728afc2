import { reply } from '#shared/delivery/reply.ts';
import { done, errorFrame, type RefusalHandler } from './socket-route.ts';

/** For routes without a route response: posts the problem to the connection. */
export const refuseByPost: RefusalHandler = async (problem, input) => {
  await reply(input.connectionId, errorFrame(problem, input));
  return done;
};
