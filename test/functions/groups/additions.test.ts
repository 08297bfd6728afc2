import { describe, expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { updateMe } from '#shared/contract/users/update-me.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';

const create = (person: Person, ...others: Person[]) =>
  call(createGroup, person, { body: { name: 'Weekend', participantIds: others.map(({ id }) => id) } });

const allow = (person: Person, addedBy: string) => call(updateMe, person, { body: { addedBy } });

const chatsOf = async (person: Person): Promise<Json[]> => (await call(listChats, person)).body.chats;

/** Anna writes to the other in their direct chat, which makes the other one her contact. */
async function writeTo(anna: Person, other: Person): Promise<void> {
  const chatId = await newDirect(anna, other);
  await call(sendMessage, anna, { params: { chatId }, body: { content: 'hi' } });
}

/** The additions by strangers that an hour allows. */
const maxAdditions = 30;

const notAddable = { status: 403, body: { code: 'not_addable' } };
const tooMany = { status: 429, body: { code: 'too_many_requests' } };

describe('being added to groups by others', () => {
  test('is limited for strangers, however many they are, even at once', async () => {
    const anna = await newPerson();
    const strangers = await Promise.all(Array.from({ length: 4 }, () => newPerson()));
    const answers = await Promise.all(
      strangers.flatMap((stranger) => Array.from({ length: 12 }, () => create(stranger, anna))),
    );
    const added = answers.filter(({ status }) => status === 200).length;
    expect(added).toBeGreaterThanOrEqual(20);
    expect(added).toBeLessThanOrEqual(maxAdditions);
    for (let left = maxAdditions - added; left > 0; left--) await create(strangers[0] as Person, anna);
    const refused = await create(await newPerson(), anna);
    expect(refused).toMatchObject({
      ...tooMany,
      body: { errors: [{ path: 'participantIds.0', rule: 'too_many_requests' }] },
    });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3000);
    expect(await chatsOf(anna)).toHaveLength(maxAdditions);
  });

  test('is not limited for contacts, whom the person has written to', async () => {
    const [anna, friend] = await Promise.all([newPerson(), newPerson()]);
    await writeTo(anna, friend);
    for (let n = 0; n <= maxAdditions; n++) expect((await create(friend, anna)).status).toBe(200);
    expect((await create(await newPerson(), anna)).status).toBe(200);
  });

  test('can be left to contacts', async () => {
    const [anna, friend, stranger] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    await writeTo(anna, friend);
    // Whoever writes to her is not a contact by that.
    await writeTo(stranger, anna);
    expect((await allow(anna, 'contacts')).body.user.addedBy).toBe('contacts');
    expect(await create(stranger, anna)).toMatchObject(notAddable);
    const { id: groupId } = await newGroup(stranger);
    expect(await call(addMembers, stranger, { params: { groupId }, body: { userIds: [anna.id] } })).toMatchObject(
      notAddable,
    );
    expect((await create(friend, anna)).status).toBe(200);
  });

  test('can be refused to everybody, and allowed again', async () => {
    const [anna, friend] = await Promise.all([newPerson(), newPerson()]);
    await writeTo(anna, friend);
    await allow(anna, 'nobody');
    expect(await create(friend, anna)).toMatchObject({
      ...notAddable,
      body: {
        errors: [{ path: 'participantIds.0', message: expect.stringContaining('invite code'), rule: 'not_addable' }],
      },
    });
    await allow(anna, 'anyone');
    expect((await create(friend, anna)).status).toBe(200);
  });

  test('adds nobody if one of the listed people cannot be added, and counts nothing', async () => {
    const [eve, anna, shy, blocker] = await Promise.all([newPerson(), newPerson(), newPerson(), newPerson()]);
    await allow(shy, 'nobody');
    await call(blockUser, blocker, { params: { userId: eve.id } });
    for (let n = 0; n <= maxAdditions; n++) expect(await create(eve, anna, shy)).toMatchObject(notAddable);
    expect(await create(eve, shy, blocker)).toMatchObject({ body: { errors: [{ path: 'participantIds.1' }] } });
    expect((await create(await newPerson(), anna)).status).toBe(200);
  });

  test('is a setting that only its user sees', async () => {
    const anna = await newPerson('Anna');
    expect((await call(getMe, anna)).body.user).not.toHaveProperty('addedBy');
    await allow(anna, 'nobody');
    expect((await call(getMe, anna)).body.user).toMatchObject({ name: 'Anna', addedBy: 'nobody' });
    expect(await call(updateMe, anna, { body: {} })).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect(await call(updateMe, anna, { body: { addedBy: 'friends' } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'addedBy' }] },
    });
  });
});
