import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { getNames } from '#shared/data/accounts/users.ts';
import { Cached } from '#shared/platform/cached.ts';

export const assistantName = 'Assistant';

const deletedUser = 'Deleted user';

/** A new name takes up to 60 seconds to show everywhere. */
const cached = new Cached<string>({ ttlMs: 60_000, maxEntries: 10_000 });

/** The name to show for each user; "Deleted user" if the account is gone. */
export async function namesOf(userIds: string[]): Promise<Map<string, string>> {
  const known = new Map(userIds.map((id) => [id, id === assistantId ? assistantName : cached.get(id)]));
  const unknown = [...known.keys()].filter((id) => known.get(id) === undefined);
  const read = unknown.length > 0 ? await getNames(unknown) : new Map<string, string>();
  for (const id of unknown) cached.set(id, read.get(id) ?? deletedUser);
  return new Map(userIds.map((id) => [id, known.get(id) ?? read.get(id) ?? deletedUser]));
}

/** Caches a name that was read elsewhere. */
export function cacheName(userId: string, name: string): void {
  cached.set(userId, name);
}

export async function nameOf(userId: string): Promise<string> {
  const names = await namesOf([userId]);
  return names.get(userId) as string;
}
