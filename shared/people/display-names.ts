import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { operatorId } from '#shared/contract/chats/operator-id.ts';
import { getShown, type Shown } from '#shared/data/accounts/users.ts';
import { avatarKey } from '#shared/files/object-keys.ts';
import { fileUrl } from '#shared/files/urls.ts';
import { Cached } from '#shared/platform/cached.ts';
import { texts } from '#shared/texts/in-language.ts';

/** A user as others see them. */
export interface Person extends Shown {
  /** The account is gone, and the name says so. */
  userDeleted?: true;
}

/** People as they are stored, `null` for an account that is gone. A new name takes up to 60 seconds to show everywhere. */
const cached = new Cached<Shown | null>({ ttlMs: 60_000, maxEntries: 10_000 });

const toPerson = (shown: Shown | null): Person => shown ?? { name: texts().deletedUser, userDeleted: true };

/** Authors who are no users. */
const authors: Record<string, () => Person> = {
  [assistantId]: () => ({ name: texts().assistant }),
  [operatorId]: () => ({ name: texts().operator }),
};

/** What to show for each user. */
export async function peopleOf(userIds: string[]): Promise<Map<string, Person>> {
  const known = new Map(userIds.map((id) => [id, authors[id]?.() ?? cached.get(id)]));
  const unknown = [...known.keys()].filter((id) => known.get(id) === undefined);
  const read = unknown.length > 0 ? await getShown(unknown) : new Map<string, Shown>();
  for (const id of unknown) {
    const shown = read.get(id) ?? null;
    known.set(id, shown);
    cached.set(id, shown);
  }
  return new Map(userIds.map((id) => [id, toPerson(known.get(id) ?? null)]));
}

/** The name to show for each user. */
export async function namesOf(userIds: string[]): Promise<Map<string, string>> {
  const people = await peopleOf(userIds);
  return new Map([...people].map(([id, { name }]) => [id, name]));
}

/** Caches a name that was read elsewhere: in functions that show no avatars, so that theirs may be missing. */
export function cacheName(userId: string, name: string): void {
  cached.set(userId, { ...cached.get(userId), name });
}

export async function nameOf(userId: string): Promise<string> {
  const names = await namesOf([userId]);
  return names.get(userId) as string;
}

/** The URL of a user's avatar, under this name in what clients get; nothing without one. */
export function avatarOf(userId: string, { avatarId }: { avatarId?: string | undefined }): { avatarUrl?: string } {
  const avatarUrl = avatarId ? fileUrl(avatarKey(userId, avatarId)) : undefined;
  return avatarUrl === undefined ? {} : { avatarUrl };
}
