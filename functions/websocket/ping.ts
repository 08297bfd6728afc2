import { answer, errorFrame, socketRoute } from '#shared/lambda/socket-route.ts';

export const handler = socketRoute(
  async () => answer({ type: 'pong' }),
  (problem, event) => answer(errorFrame(problem, event)),
);
