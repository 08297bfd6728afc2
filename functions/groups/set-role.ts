import { requireRole } from '#shared/chats/access.ts';
import { storeSystemMessage } from '#shared/chats/messages/system-messages.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { changeRole } from '#shared/data/chats/groups.ts';
import { getMembership } from '#shared/data/chats/memberships.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(setRole, async ({ userId, params, body: { role } }) => {
  const chatId = params.groupId;
  const owner = await requireRole(userId, chatId, 'owner');
  if (params.userId === userId) throw new Problem('not_yourself');
  const member = await getMembership(params.userId, chatId);
  if (!member) throw new Problem('member_not_found');
  if (member.role === role) return succeeded;
  const about = { chatId, userId, memberIds: [params.userId], role };
  const refusal = await storeSystemMessage({ ...about, event: 'role_changed' }, (message) =>
    changeRole(owner, member, role, message),
  );
  if (refusal === 'changed') throw new Problem('changed_meanwhile');
  return succeeded;
});
