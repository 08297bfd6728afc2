import { memberOf } from '#shared/chats/groups.ts';
import { storeSystemMessage } from '#shared/chats/system-messages.ts';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { changeRole } from '#shared/data/groups.ts';
import { getMembership } from '#shared/data/memberships.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(setRole, async ({ userId, params, body: { role } }) => {
  const chatId = params.groupId;
  const owner = await memberOf(userId, chatId, 'owner');
  if (params.userId === userId) throw new Problem('not_yourself');
  const member = await getMembership(params.userId, chatId);
  if (!member) throw new Problem('member_not_found');
  if (member.role === role) return { success: true as const };
  const changed = await storeSystemMessage(
    { chatId, userId, event: 'role_changed', memberIds: [params.userId], role },
    (message) => changeRole(owner, member, role, message),
    true,
  );
  if (!changed) throw new Problem('changed_meanwhile');
  return { success: true as const };
});
