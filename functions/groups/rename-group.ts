import { requireRole } from '#shared/chats/access.ts';
import { changeOf, readGroup, toGroup } from '#shared/chats/groups.ts';
import { storeSystemMessage } from '#shared/chats/messages/system-messages.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { changeGroup, type GroupChange } from '#shared/data/chats/groups.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(renameGroup, async ({ userId, params: { groupId }, body }) => {
  const actor = await requireRole(userId, groupId, 'admin');
  const group = await readGroup(groupId);
  const { name, ...rules } = changeOf(group, body);
  if (name !== undefined) await change('renamed', { name });
  if (Object.keys(rules).length > 0) await change('posting_changed', rules);
  return { group: toGroup({ ...group, ...(name !== undefined && { name }), ...rules }) };

  async function change(event: 'renamed' | 'posting_changed', changed: GroupChange) {
    const about = { chatId: groupId, userId, event, ...changed };
    const refusal = await storeSystemMessage(about, (message) => changeGroup(actor, changed, message));
    if (refusal === 'role changed') throw new Problem('role_too_low');
  }
});
