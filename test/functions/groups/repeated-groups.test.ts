import { afterEach, describe, expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { keys } from '#shared/data/keys.ts';
import { getItem, queryPrefix } from '#shared/data/table.ts';
import { call } from '../../support/call.ts';
import { countOperations } from '../../support/count-operations.ts';
import { interceptNext, interceptNothing } from '../../support/intercept-next.ts';
import { newPerson, type Person, password } from '../../support/people.ts';

const table = process.env.CHAT_TABLE as string;

afterEach(interceptNothing);

const create = (person: Person, name: string, others: Person[], clientId?: string) =>
  call(createGroup, person, {
    body: { name, participantIds: others.map(({ id }) => id), ...(clientId !== undefined && { clientId }) },
  });

const chatsOf = async (person: Person) => (await call(listChats, person)).body.chats;

/** How often strangers have added the person. */
async function additionsOf({ id }: Person): Promise<number | undefined> {
  const profile = await getItem<{ added: { used: number } }>(table, keys.user(id));
  return profile?.added.used;
}

const trio = () => Promise.all([newPerson('Anna'), newPerson('Boris'), newPerson('Carol')]);

describe('creating a group with a clientId', () => {
  test('creates one, however often it is repeated, also with the people in another order', async () => {
    const [anna, boris, carol] = await trio();
    const first = await create(anna, 'Weekend', [boris, carol], '1');
    expect(first.status).toBe(200);
    const second = await create(anna, ' Weekend ', [carol, boris, carol, anna], '1');
    expect(second).toMatchObject({ status: 200, body: { group: { id: first.body.group.id } } });
    expect(second.body.group.inviteCode).toBe(first.body.group.inviteCode);
    expect(await chatsOf(boris)).toHaveLength(1);
    expect(await additionsOf(boris)).toBe(1);
  });

  test('creates one of five that come at the same moment', async () => {
    const [anna, boris, carol] = await trio();
    const answers = await Promise.all(Array.from({ length: 5 }, () => create(anna, 'Weekend', [boris, carol], '1')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.group.id)).size).toBe(1);
    expect(await chatsOf(boris)).toHaveLength(1);
    expect(await additionsOf(boris)).toBe(1);
  });

  test('finds the group that has been created since the request was looked up', async () => {
    const [anna, boris] = await trio();
    let first = '';
    interceptNext('TransactWriteItems', async (_, go) => {
      first = (await create(anna, 'Weekend', [boris], '1')).body.group.id;
      return go();
    });
    const answer = await create(anna, 'Weekend', [boris], '1');
    expect(answer).toMatchObject({ status: 200, body: { group: { id: first } } });
    expect(await chatsOf(anna)).toHaveLength(1);
  });

  test.each([
    ['another name', 'Lake', 1],
    ['other people', 'Weekend', 2],
    ['fewer people', 'Weekend', 0],
  ])('is refused with %s, and creates nothing', async (_what, name, count) => {
    const [anna, boris, carol] = await trio();
    await create(anna, 'Weekend', [boris], '1');
    expect(await create(anna, name, [boris, carol].slice(0, count), '1')).toMatchObject({
      status: 409,
      body: { code: 'client_id_reused' },
    });
    expect(await chatsOf(anna)).toHaveLength(1);
    expect(await chatsOf(carol)).toEqual([]);
  });

  test('creates another group with another clientId, or for another person with the same one', async () => {
    const [anna, boris] = await trio();
    const ids = [
      await create(anna, 'Weekend', [boris], '1'),
      await create(anna, 'Weekend', [boris], '2'),
      await create(anna, 'Weekend', [boris]),
      await create(boris, 'Weekend', [anna], '1'),
    ].map(({ body }) => body.group.id);
    expect(new Set(ids).size).toBe(4);
  });

  test('answers with the group as it is now', async () => {
    const [anna, boris, carol] = await trio();
    const { id: groupId } = (await create(anna, 'Weekend', [boris, carol], '1')).body.group;
    await call(renameGroup, anna, { params: { groupId }, body: { name: 'Lake' } });
    await call(removeMember, anna, { params: { groupId, userId: carol.id } });
    const { body } = await create(anna, 'Weekend', [boris, carol], '1');
    expect(body.group).toMatchObject({ id: groupId, name: 'Lake', participantIds: [anna.id, boris.id].sort() });
  });

  test.each([0, 1])('is refused to somebody who has left the group, with %i others in it', async (count) => {
    const [anna, boris] = await trio();
    const others = [boris].slice(0, count);
    const { id: groupId } = (await create(anna, 'Weekend', others, '1')).body.group;
    await call(removeMember, anna, { params: { groupId, userId: anna.id } });
    expect(await create(anna, 'Weekend', others, '1')).toMatchObject({
      status: 403,
      body: { code: 'not_a_participant' },
    });
  });

  test('works with 45 people, and creates nothing if one of them cannot be added', async () => {
    const people = await Promise.all(Array.from({ length: 45 }, () => newPerson()));
    const anna = await newPerson();
    expect((await create(anna, 'Many', [...people.slice(1), { ...anna, id: 'nobody' }], '1')).status).toBe(422);
    expect((await create(anna, 'Many', people, '1')).body.group.participantIds).toHaveLength(46);
    expect((await create(anna, 'Many', people, '1')).status).toBe(200);
    expect(await chatsOf(anna)).toHaveLength(1);
  });

  test('writes nothing when it is repeated, except to count the request', async () => {
    const [anna, boris] = await trio();
    await create(anna, 'Weekend', [boris], '1');
    const { operations } = await countOperations(() => create(anna, 'Weekend', [boris], '1'));
    expect(operations).toEqual(['BatchGetItem', ...Array(4).fill('GetItem'), 'UpdateItem', 'UpdateItem']);
  });

  test('is recognised for 30 days, and forgotten with the account', async () => {
    const anna = await newPerson();
    await create(anna, 'Weekend', [], '1');
    const created = await getItem<{ expiresAt: number }>(table, keys.createdGroup(anna.id, '1'));
    const days = ((created?.expiresAt ?? 0) - Date.now() / 1000) / 86400;
    expect(days).toBeCloseTo(30, 2);
    expect((await call(deleteMe, anna, { body: { password } })).status).toBe(200);
    const left = await queryPrefix(table, keys.ofUser(anna.id));
    expect(left.filter(({ sk }) => sk.startsWith('CREATED'))).toEqual([]);
  });
});
