import { getGroup } from '#shared/contract/groups/get-group.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { call } from '../../support/call.ts';
import { newGroup, newPerson, type Person } from '../../support/people.ts';

export const read = (person: Person, groupId: string) => call(getGroup, person, { params: { groupId } });

export const promote = (actor: Person, groupId: string, member: Person, role: string) =>
  call(setRole, actor, { params: { groupId, userId: member.id }, body: { role } });

export const join = (person: Person, inviteCode: string) => call(joinGroup, person, { body: { inviteCode } });

export const tooLow = { status: 403, body: { code: 'role_too_low' } };

/** Anna owns the group, Boris is an admin, Vera and Gleb are members. */
export async function family() {
  const [anna, boris, vera, gleb] = await Promise.all(['Anna', 'Boris', 'Vera', 'Gleb'].map((name) => newPerson(name)));
  const people = { anna, boris, vera, gleb } as { anna: Person; boris: Person; vera: Person; gleb: Person };
  const group = await newGroup(people.anna, people.boris, people.vera, people.gleb);
  await promote(people.anna, group.id, people.boris, 'admin');
  return { ...people, ...group };
}
