import { requireRole } from '#shared/chats/access.ts';
import { readGroup, toGroup } from '#shared/chats/groups.ts';
import { getGroup } from '#shared/contract/groups/get-group.ts';
import { getMemberships } from '#shared/data/chats/memberships.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { namesOf } from '#shared/people/display-names.ts';

export const handler = endpoint(getGroup, async ({ userId, params: { groupId } }) => {
  await requireRole(userId, groupId, 'member');
  const group = await readGroup(groupId);
  const [memberships, names] = await Promise.all([
    getMemberships(group.participantIds, groupId),
    namesOf(group.participantIds),
  ]);
  const members = memberships
    .sort((a, b) => (a.joinedAt < b.joinedAt ? -1 : 1))
    .map(({ userId: id, role, joinedAt }) => ({ userId: id, name: names.get(id) as string, role, joinedAt }));
  return { group: { ...toGroup(group), members } };
});
