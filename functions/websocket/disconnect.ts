import { removeConnectionById } from '#shared/data/connections/connections.ts';
import { done, socketRoute } from '#shared/lambda/socket-route.ts';

export const handler = socketRoute(
  async ({ connectionId }) => {
    await removeConnectionById(connectionId);
    return done;
  },
  () => done,
);
