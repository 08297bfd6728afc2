import { answer, errorFrame, socketRoute } from '../../shared/socket-route.ts';

export const handler = socketRoute(
  async () => answer({ type: 'pong' }),
  (problem, event) => answer(errorFrame(problem, event)),
);
