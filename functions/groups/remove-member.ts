import { requireMayRemove, requireRole } from '#shared/chats/access.ts';
import { leaveChat, removeFromChat } from '#shared/chats/remove-participant.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { getMembership, hasLeft } from '#shared/data/chats/memberships.ts';
import { closeSockets } from '#shared/delivery/close.ts';
import { tellUsers } from '#shared/delivery/to-users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(removeMember, async ({ userId, params }) => {
  const isLeaving = params.userId === userId;
  const actor = await requireRole(userId, params.groupId, isLeaving ? 'member' : 'admin');
  if (isLeaving) {
    await leaveChat(userId, params.groupId);
    return succeeded;
  }
  const member = await getMembership(params.userId, params.groupId);
  if (!member) {
    // An earlier request may have removed the member, then failed to close a socket that was opened meanwhile, or to tell.
    await closeSockets(params.userId, ({ chatId }) => chatId === params.groupId);
    if (await hasLeft(params.userId, params.groupId))
      await tellUsers([params.userId], { type: 'chat.removed', chatId: params.groupId });
    throw new Problem('member_not_found');
  }
  requireMayRemove(actor, member);
  if ((await removeFromChat(member, actor)) === 'changed') throw new Problem('changed_meanwhile');
  return succeeded;
});
