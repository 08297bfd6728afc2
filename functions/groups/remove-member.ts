import { memberOf, outranks } from '#shared/chats/groups.ts';
import { leave, removeFromChat } from '#shared/chats/remove-participant.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { getMembership } from '#shared/data/memberships.ts';
import { closeSockets } from '#shared/delivery/close.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(removeMember, async ({ userId, params }) => {
  const actor = await memberOf(userId, params.groupId);
  if (params.userId === userId) {
    await leave(userId, params.groupId);
    return { success: true as const };
  }
  if (actor.role === 'member') throw new Problem('role_too_low');
  const member = await getMembership(params.userId, params.groupId);
  if (!member) {
    // An earlier request may have removed the member, and then failed to close a socket that was opened meanwhile.
    await closeSockets(params.userId, ({ chatId }) => chatId === params.groupId);
    throw new Problem('member_not_found');
  }
  if (!outranks(actor, member)) throw new Problem('role_too_low');
  if (!(await removeFromChat(member, actor))) throw new Problem('changed_meanwhile');
  return { success: true as const };
});
