import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { getNames } from '#shared/data/accounts/users.ts';
import { Cached } from '#shared/platform/cached.ts';
import { texts } from '#shared/texts/in-language.ts';

/** A user as others see them. */
export interface Person {
  name: string;
  /** The account is gone, and the name says so. */
  userDeleted?: true;
}

/** Names as they are stored, `null` for an account that is gone. A new name takes up to 60 seconds to show everywhere. */
const cached = new Cached<string | null>({ ttlMs: 60_000, maxEntries: 10_000 });

const toPerson = (name: string | null): Person =>
  name === null ? { name: texts().deletedUser, userDeleted: true } : { name };

/** What to show for each user. */
export async function peopleOf(userIds: string[]): Promise<Map<string, Person>> {
  const known = new Map(userIds.map((id) => [id, id === assistantId ? texts().assistant : cached.get(id)]));
  const unknown = [...known.keys()].filter((id) => known.get(id) === undefined);
  const read = unknown.length > 0 ? await getNames(unknown) : new Map<string, string>();
  for (const id of unknown) {
    const name = read.get(id) ?? null;
    known.set(id, name);
    cached.set(id, name);
  }
  return new Map(userIds.map((id) => [id, toPerson(known.get(id) ?? null)]));
}

/** The name to show for each user. */
export async function namesOf(userIds: string[]): Promise<Map<string, string>> {
  const people = await peopleOf(userIds);
  return new Map([...people].map(([id, { name }]) => [id, name]));
}

/** Caches a name that was read elsewhere. */
export function cacheName(userId: string, name: string): void {
  cached.set(userId, name);
}

export async function nameOf(userId: string): Promise<string> {
  const names = await namesOf([userId]);
  return names.get(userId) as string;
}
