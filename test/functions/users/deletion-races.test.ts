import { describe, expect, test } from 'vitest';
import { leaveChat } from '#shared/chats/remove-participant.ts';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { getChats } from '#shared/data/chats/chats.ts';
import { getMembership } from '#shared/data/chats/memberships.ts';
import { queryItems } from '#shared/data/table.ts';
import { call } from '../../support/call.ts';
import { interceptNext } from '../../support/intercept-next.ts';
import { newGroup, newPerson, type Person, password } from '../../support/people.ts';

/** A deletion at the same moment as what would make the user a participant again. */

const erase = (person: Person) => call(deleteMe, person, { body: { password } });

/** Deletes the account just before the request's transaction is written. */
const eraseMeanwhile = (person: Person) =>
  interceptNext('TransactWriteItems', async (_, go) => {
    expect((await erase(person)).status).toBe(200);
    return go();
  });

const itemsOf = ({ id }: Person) =>
  queryItems({
    TableName: process.env.CHAT_TABLE,
    KeyConditionExpression: 'pk = :user',
    ExpressionAttributeValues: { ':user': `USER#${id}` },
  });

const pair = () => Promise.all([newPerson(), newPerson()]);

describe('an account that is deleted meanwhile', () => {
  test('does not join', async () => {
    const [anna, eve] = await pair();
    const { id, inviteCode } = await newGroup(anna);
    eraseMeanwhile(eve);
    expect((await call(joinGroup, eve, { body: { inviteCode } })).status).toBe(404);
    expect((await getChats([id]))[0]?.participantIds).toEqual([anna.id]);
    expect(await itemsOf(eve)).toEqual([]);
  });

  test('is not added to a group', async () => {
    const [anna, eve] = await pair();
    const { id } = await newGroup(anna);
    eraseMeanwhile(eve);
    const added = await call(addMembers, anna, { params: { groupId: id }, body: { userIds: [eve.id] } });
    expect(added).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } });
    expect((await getChats([id]))[0]?.participantIds).toEqual([anna.id]);
    expect(await itemsOf(eve)).toEqual([]);
  });

  test('is not put into a new group, which then is not created', async () => {
    const [anna, eve] = await pair();
    eraseMeanwhile(eve);
    const body = { name: 'Weekend', participantIds: [eve.id] };
    expect(await call(createGroup, anna, { body })).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } });
    expect(await itemsOf(eve)).toEqual([]);
  });

  test('creates no group, opens no direct chat and blocks nobody', async () => {
    for (const request of [
      (eve: Person, other: Person) => call(createGroup, eve, { body: { name: 'x', participantIds: [other.id] } }),
      (eve: Person, other: Person) => call(openDirect, eve, { body: { userId: other.id } }),
      (eve: Person, other: Person) => call(blockUser, eve, { params: { userId: other.id } }),
    ]) {
      const [anna, eve] = await pair();
      eraseMeanwhile(eve);
      expect([401, 404]).toContain((await request(eve, anna)).status);
      expect(await itemsOf(eve)).toEqual([]);
    }
  });

  test('owns no group in any race of leaving, joining and deleting', async () => {
    for (let round = 0; round < 8; round++) {
      const [anna, boris] = await pair();
      const vera = await newPerson();
      const { id, inviteCode } = await newGroup(anna, boris);
      await Promise.all([erase(anna), erase(boris), call(joinGroup, vera, { body: { inviteCode } })]);
      const [chat] = await getChats([id]);
      for (const gone of [anna, boris]) {
        expect(await itemsOf(gone)).toEqual([]);
        expect(chat?.participantIds ?? []).not.toContain(gone.id);
      }
      if (chat) expect(await getMembership(vera.id, id)).toMatchObject({ role: 'owner' });
    }
  });
});

test('leaving a chat that another request of the same user has just left is done', async () => {
  const [anna, boris, vera] = await Promise.all([newPerson(), newPerson(), newPerson()]);
  const { id } = await newGroup(anna, boris, vera);
  interceptNext('GetItem', async (_, go) => {
    const membership = await go();
    await leaveChat(boris.id, id);
    return membership;
  });
  await leaveChat(boris.id, id);
  expect((await getChats([id]))[0]?.participantIds).not.toContain(boris.id);
});
