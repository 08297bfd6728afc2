import { requireRole } from '#shared/chats/access.ts';
import { readGroup, toGroup } from '#shared/chats/groups.ts';
import { storeSystemMessage } from '#shared/chats/messages/system-messages.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { renameChat } from '#shared/data/chats/groups.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(renameGroup, async ({ userId, params: { groupId }, body: { name } }) => {
  const actor = await requireRole(userId, groupId, 'admin');
  const group = await readGroup(groupId);
  if (group.name === name) return { group: toGroup(group) };
  const refusal = await storeSystemMessage({ chatId: groupId, userId, event: 'renamed', name }, (message) =>
    renameChat(actor, name, message),
  );
  if (refusal === 'role changed') throw new Problem('role_too_low');
  return { group: toGroup({ ...group, name }) };
});
