import { requireAddable, requireRole } from '#shared/chats/access.ts';
import { readGroup, toGroup } from '#shared/chats/groups.ts';
import { storeSystemMessage } from '#shared/chats/messages/system-messages.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { beingAdded } from '#shared/contract/groups/limits.ts';
import { addParticipants } from '#shared/data/chats/groups.ts';
import { tellUsers } from '#shared/delivery/to-users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(addMembers, async ({ userId, params: { groupId }, body }) => {
  const actor = await requireRole(userId, groupId, 'admin');
  const { participantIds } = await readGroup(groupId);
  const users = await requireAddable(userId, 'userIds', body.userIds, participantIds);
  if (users.length > 0) {
    const memberIds = users.map(({ id }) => id);
    const refusal = await storeSystemMessage({ chatId: groupId, userId, event: 'added', memberIds }, (message) =>
      addParticipants(actor, users, beingAdded, message),
    );
    if (refusal === 'full') throw new Problem('group_full');
    if (refusal === 'changed') throw new Problem('changed_meanwhile');
    await tellUsers(memberIds, { type: 'chat', chatId: groupId });
  }
  return { group: toGroup(await readGroup(groupId)) };
});
