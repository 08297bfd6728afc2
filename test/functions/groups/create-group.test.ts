import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { handler as listChatsHandler } from '../../../functions/chats/list-chats.ts';
import { handler as createHandler } from '../../../functions/groups/create-group.ts';
import { invoke } from '../../support/invoke.ts';
import { newPerson, type Person } from '../../support/people.ts';

const create = (person: Person, body: unknown) => invoke(createHandler, createGroup, { token: person.token, body });

describe('creating a group', () => {
  test('answers as specified, with the creator as a participant', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { status, body } = await create(anna, { name: ' Weekend ', participantIds: [boris.id, boris.id, anna.id] });
    expect(status).toBe(200);
    expect(body.group).toEqual({
      id: expect.any(String),
      name: 'Weekend',
      type: 'group',
      participantIds: expect.arrayContaining([anna.id, boris.id]),
      inviteCode: expect.stringMatching(/^[A-HJ-NP-Z2-9]{8}$/),
      createdAt: expect.any(String),
    });
    expect(body.group.participantIds).toHaveLength(2);
  });

  test('names the unknown participants and creates nothing', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const ghost = randomUUID();
    const answer = await create(anna, { name: 'Weekend', participantIds: [boris.id, ghost] });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'unknown_participants',
        errors: [{ path: 'participantIds.1', message: expect.stringContaining(ghost) }],
      },
    });
    expect((await invoke(listChatsHandler, listChats, { token: boris.token })).body.chats).toEqual([]);
  });

  test('accepts 45 participants and rejects 46', async () => {
    const people = await Promise.all(Array.from({ length: 45 }, () => newPerson()));
    const ids = people.map(({ id }) => id);
    const anna = await newPerson();
    const { status, body } = await create(anna, { name: 'Many', participantIds: ids });
    expect(status).toBe(200);
    expect(body.group.participantIds).toHaveLength(46);
    expect(await create(anna, { name: 'Many', participantIds: [...ids, anna.id] })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'participantIds' }] },
    });
  });

  test.each([
    ['without a name', { participantIds: [] }, 'name'],
    ['with a name of 101 characters', { name: 'x'.repeat(101), participantIds: [] }, 'name'],
    ['without participantIds', { name: 'x' }, 'participantIds'],
    ['with a participant that is not an id', { name: 'x', participantIds: [7] }, 'participantIds.0'],
  ])('is refused %s', async (_how, body, path) => {
    expect(await create(await newPerson(), body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_input', errors: [{ path }] },
    });
  });
});
