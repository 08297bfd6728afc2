import { requireRole } from '#shared/chats/access.ts';
import { readGroup, toGroup } from '#shared/chats/groups.ts';
import { pageOf } from '#shared/chats/member-page.ts';
import { getGroup } from '#shared/contract/groups/get-group.ts';
import { getMemberships } from '#shared/data/chats/memberships.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { avatarOf, type Person, peopleOf } from '#shared/people/display-names.ts';

export const handler = endpoint(getGroup, async ({ userId, params: { groupId }, query, count }) => {
  await requireRole(userId, groupId, 'member');
  const group = await readGroup(groupId);
  const { ids, cursor } = await pageOf(group.participantIds, query, () => count({ 'large page': userId }));
  const [memberships, people] = await Promise.all([getMemberships(ids, groupId), peopleOf(ids)]);
  const members = memberships
    .sort((a, b) => (a.joinedAt < b.joinedAt ? -1 : 1))
    .map(({ userId: id, role, joinedAt }) => {
      const person = people.get(id) as Person;
      return { userId: id, name: person.name, ...avatarOf(id, person), role, joinedAt };
    });
  return { group: { ...toGroup(group), members }, cursor };
});
