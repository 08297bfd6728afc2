import type { OpenChat } from '../open-chat.ts';
import type { Member } from './membership.ts';
import { isLeading, rulesOf } from './writing-rules.ts';

const rank = { member: 0, admin: 1, owner: 2 };

/** Whether the user is no longer in the chat, or is blocked there. */
export const hasEnded = ({ realtime }: OpenChat): boolean => realtime.state.name === 'ended';

/** Whether the user may change the group's settings and add people. */
export const mayManage = (open: OpenChat): boolean =>
  open.chat.type === 'group' && isLeading(open) && !rulesOf(open).locked && !hasEnded(open);

/** Whether the user may remove a member: only one of a lower role. */
export function mayRemove(open: OpenChat, { role: theirs = 'member' }: Member): boolean {
  return mayManage(open) && rank[open.roleOf(open.userId) ?? 'member'] > rank[theirs];
}

/** Whether the user may change the roles of others. */
export const maySetRoles = (open: OpenChat): boolean => mayManage(open) && open.roleOf(open.userId) === 'owner';

/**
 * Who owns the group after its owner has left: the admin who joined first, or else the member; of those who joined in the
 * same request, the one with the lowest id. Undefined if nobody is left.
 */
export function successorIn(open: OpenChat): Member | undefined {
  const others = open.members.listed(open.chat).filter(({ id }) => id !== open.userId);
  const admins = others.filter(({ role }) => role === 'admin');
  const [first] = (admins.length > 0 ? admins : others).toSorted(byJoining);
  return first;
}

const byJoining = (a: Member, b: Member): number => (rankOf(a) < rankOf(b) ? -1 : 1);

/** Times of one format can be compared as texts. */
const rankOf = ({ joinedAt = '', id }: Member): string => `${joinedAt} ${id}`;
