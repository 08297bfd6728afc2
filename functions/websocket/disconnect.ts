import { removeConnectionById } from '#shared/data/connections.ts';
import { done, socketRoute } from '#shared/lambda/socket-route.ts';

export const handler = socketRoute(
  async ({ requestContext }) => {
    await removeConnectionById(requestContext.connectionId);
    return done;
  },
  () => done,
);
