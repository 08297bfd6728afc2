import { listSessions } from '#shared/contract/auth/list-sessions.ts';
import { listSessions as readSessions } from '#shared/data/accounts/sessions.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { texts } from '#shared/texts/in-language.ts';

export const handler = endpoint(listSessions, async ({ userId, sessionId }) => {
  const sessions = await readSessions(userId);
  return {
    sessions: sessions
      .sort((a, b) => (a.lastUsedAt < b.lastUsedAt ? 1 : -1))
      .map(({ id, device = texts().unknownDevice, createdAt, lastUsedAt }) => ({
        id,
        device,
        createdAt,
        lastUsedAt,
        current: id === sessionId,
      })),
  };
});
