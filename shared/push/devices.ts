import type { PushDevice } from '#shared/data/accounts/push-devices.ts';
import { isLive, listStoredSessions } from '#shared/data/accounts/sessions.ts';
import { getProfiles, type User } from '#shared/data/accounts/users.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';

/** A device of a user, and what its push notifications may show. */
export interface Device extends PushDevice {
  userId: string;
  sessionId: string;
  preview: NonNullable<User['pushPreview']>;
}

/** How many devices of a user get pushes: those used most recently. */
const maxDevices = 10;

/** Queries at the same time. */
const concurrency = 50;

/**
 * The devices of these users whose sessions have not ended. A profile may say that all earlier sessions have ended, so
 * profiles are read after sessions.
 */
export async function listDevices(userIds: string[]): Promise<Device[]> {
  const sessions = (await mapConcurrently(userIds, concurrency, listStoredSessions)).flat().filter(({ push }) => push);
  const users = await getProfiles([...new Set(sessions.map(({ userId }) => userId))]);
  return users.flatMap(({ id, sessionGeneration = 0, pushPreview: preview = 'text' }) =>
    sessions
      .filter((session) => session.userId === id && isLive(session, sessionGeneration))
      .sort((a, b) => (a.lastUsedAt < b.lastUsedAt ? 1 : -1))
      .slice(0, maxDevices)
      .map((session) => ({ ...(session.push as PushDevice), userId: id, sessionId: session.id, preview })),
  );
}
