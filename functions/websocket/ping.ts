import { answer, refuseByAnswer, socketRoute } from '#shared/lambda/socket-route.ts';

export const handler = socketRoute(async () => answer({ type: 'pong' }), refuseByAnswer);
