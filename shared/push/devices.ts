import { isLive, listStoredSessions, type PushDevice } from '#shared/data/accounts/sessions.ts';
import { getProfiles, type User } from '#shared/data/accounts/users.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';

/** A device of somebody, and what its notifications may show. */
export interface Device extends PushDevice {
  userId: string;
  sessionId: string;
  preview: NonNullable<User['pushPreview']>;
}

/** Devices of a user that get pushes: those that were used last. */
const maxDevices = 10;

/** Queries at the same time. */
const concurrency = 50;

/**
 * The devices of these users' sessions that have not ended. The profiles, which say that all earlier sessions have ended, are
 * read after the sessions.
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
