import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { getNames } from '#shared/data/users.ts';

export const assistantName = 'Assistant';

/** How long a name is remembered, and so how long a new name may take to show everywhere. Milliseconds. */
const memory = 60_000;
const maxRemembered = 10_000;

const remembered = new Map<string, { name: string; until: number }>();

/** The name to show for each user; "Deleted user" if the account is gone. */
export async function namesOf(userIds: string[]): Promise<Map<string, string>> {
  const now = Date.now();
  // Clear before the lookup, not after, or names this call needs would vanish.
  if (remembered.size > maxRemembered) remembered.clear();
  const unknown = [...new Set(userIds)].filter((id) => id !== assistantId && (remembered.get(id)?.until ?? 0) <= now);
  if (unknown.length > 0) {
    const names = await getNames(unknown);
    for (const id of unknown) remembered.set(id, { name: names.get(id) ?? 'Deleted user', until: now + memory });
  }
  const nameOf = (id: string) => (id === assistantId ? assistantName : (remembered.get(id)?.name ?? 'Deleted user'));
  return new Map(userIds.map((id) => [id, nameOf(id)]));
}

/** Remembers a name that was read elsewhere. */
export function cacheName(userId: string, name: string): void {
  remembered.set(userId, { name, until: Date.now() + memory });
}

export async function nameOf(userId: string): Promise<string> {
  const names = await namesOf([userId]);
  return names.get(userId) as string;
}
