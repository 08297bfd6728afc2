import { requireRole } from '#shared/chats/access.ts';
import { readGroup, toGroup } from '#shared/chats/groups.ts';
import { pageOf } from '#shared/chats/member-page.ts';
import { getGroup } from '#shared/contract/groups/get-group.ts';
import { getMemberships } from '#shared/data/chats/memberships.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { namesOf } from '#shared/people/display-names.ts';

export const handler = endpoint(getGroup, async ({ userId, params: { groupId }, query, count }) => {
  await requireRole(userId, groupId, 'member');
  const group = await readGroup(groupId);
  const { ids, cursor } = await pageOf(group.participantIds, query, () => count({ 'large page': userId }));
  const [memberships, names] = await Promise.all([getMemberships(ids, groupId), namesOf(ids)]);
  const members = memberships
    .sort((a, b) => (a.joinedAt < b.joinedAt ? -1 : 1))
    .map(({ userId: id, role, joinedAt }) => ({ userId: id, name: names.get(id) as string, role, joinedAt }));
  return { group: { ...toGroup(group), members }, cursor };
});
