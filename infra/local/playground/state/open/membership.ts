import type * as z from 'zod/mini';
import type { Message } from '#shared/contract/chats/message.ts';
import type { role } from '#shared/contract/groups/role.ts';
import type { Named } from '../mentions.ts';

export type Role = z.output<typeof role>;

export interface Member extends Named {
  /** Absent in a direct chat. */
  role?: Role | undefined;
  avatarUrl?: string | undefined;
  /** Absent in a direct chat. */
  joinedAt?: string | undefined;
}

type ById = ReadonlyMap<string, Member>;

const ranks = { owner: 0, admin: 1, member: 2 };

/** The owner first, then the admins, then the members, each by their names. */
export const byRank = ({ role: a = 'member', name }: Member, { role: b = 'member', name: other }: Member): number =>
  ranks[a] - ranks[b] || name.localeCompare(other);

/** The members of a group after a system message; the same map if the message is about something else. */
export function afterMessage(byId: ById, { userId, userName, createdAt, metadata = {} }: Message): ById {
  const { event, memberIds = [], memberNames = [], role } = metadata;
  if (event === 'joined') return joined(byId, [{ id: userId, name: userName }], createdAt);
  if (event === 'added')
    return joined(
      byId,
      memberIds.map((id, n) => ({ id, name: memberNames[n] ?? '' })),
      createdAt,
    );
  if (event === 'removed') return without(byId, memberIds);
  // The new owner of a group is named by the message about the one who left.
  if (event === 'left') return promoted(without(byId, [userId]), memberIds, 'owner');
  return event === 'role_changed' && role ? promoted(byId, memberIds, role) : byId;
}

const joined = (byId: ById, people: { id: string; name: string }[], joinedAt: string): ById =>
  new Map([
    ...byId,
    ...people.map((person) => [person.id, { ...byId.get(person.id), ...person, role: 'member', joinedAt }] as const),
  ]);

const without = (byId: ById, ids: readonly string[]): ById => new Map([...byId].filter(([id]) => !ids.includes(id)));

/** A group has one owner: the one before becomes an admin. */
function promoted(byId: ById, ids: readonly string[], role: NonNullable<Member['role']>): ById {
  if (ids.length === 0) return byId;
  const roleOf = ({ id, role: before }: Member) =>
    ids.includes(id) ? role : role === 'owner' && before === 'owner' ? 'admin' : before;
  return new Map([...byId].map(([id, member]) => [id, { ...member, role: roleOf(member) }]));
}

/**
 * The one of them who becomes the owner: the admin who joined first, or else the member; of those who joined in the same
 * request, the one with the lowest id.
 */
export function successorAmong(others: readonly Member[]): Member | undefined {
  const admins = others.filter(({ role }) => role === 'admin');
  const [first] = (admins.length > 0 ? admins : others).toSorted((a, b) => (rankOf(a) < rankOf(b) ? -1 : 1));
  return first;
}

/** Times of one format can be compared as texts. */
const rankOf = ({ joinedAt = '', id }: Member): string => `${joinedAt} ${id}`;
