import { addable, memberOf, readGroup, toGroup } from '#shared/chats/groups.ts';
import { storeSystemMessage } from '#shared/chats/system-messages.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { addParticipants } from '#shared/data/groups.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(addMembers, async ({ userId, params: { groupId }, body }) => {
  const actor = await memberOf(userId, groupId, 'admin');
  const { participantIds } = await readGroup(groupId);
  const memberIds = await addable(userId, 'userIds', body.userIds, participantIds);
  if (memberIds.length > 0) {
    const outcome = await storeSystemMessage(
      { chatId: groupId, userId, event: 'added', memberIds },
      (message) => addParticipants(actor, memberIds, message),
      'added',
    );
    if (outcome === 'full') throw new Problem('group_full');
    if (outcome === 'changed') throw new Problem('changed_meanwhile');
  }
  return { group: toGroup(await readGroup(groupId)) };
});
