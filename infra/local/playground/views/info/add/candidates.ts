import type { Chat } from '#shared/contract/chats/chat.ts';
import { isNamed } from '../../../state/search/named.ts';

/** Somebody who may be added to a group. */
export interface Candidate {
  id: string;
  name: string;
  avatarUrl?: string | undefined;
}

/** The people of the user's direct chats who are not in the group, by their names. */
export function knownPeople(chats: readonly Chat[], group: Chat, userId: string): Candidate[] {
  const isThere = new Set(group.participantIds);
  return chats
    .flatMap(({ type, userDeleted, participantIds, name, pictureUrl: avatarUrl }) => {
      const id = participantIds.find((participant) => participant !== userId);
      return type === 'direct' && !userDeleted && id !== undefined && !isThere.has(id) ? [{ id, name, avatarUrl }] : [];
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Those with a name that a query fits, without those who were found before. */
export const fitting = (people: readonly Candidate[], query: string, found: readonly Candidate[]): Candidate[] =>
  people.filter(({ id, name }) => isNamed(name, query) && !found.some((one) => one.id === id));
