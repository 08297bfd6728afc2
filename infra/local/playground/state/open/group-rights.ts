import type { OpenChat } from '../open-chat.ts';
import { type Member, successorAmong } from './membership.ts';
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

/** Who owns the group after its owner has left. Undefined if nobody is left. */
export const successorIn = ({ members, chat, userId }: OpenChat): Member | undefined =>
  successorAmong(members.listed(chat).filter(({ id }) => id !== userId));
