import { describe, expect, test, vi } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { renewInvite } from '#shared/contract/groups/renew-invite.ts';
import { revokeInvite } from '#shared/contract/groups/revoke-invite.ts';
import { getLastSeq } from '#shared/data/chats/chats.ts';
import { call } from '../../support/call.ts';
import { newGroup, newPerson, type Person } from '../../support/people.ts';
import { family, join, read, tooLow } from './family.ts';

describe('invite codes', () => {
  const renew = (person: Person, groupId: string, body: object = {}) =>
    call(renewInvite, person, { params: { groupId }, body });

  test('can be renewed by admins, which invalidates the old code', async () => {
    const { boris, vera, id, inviteCode } = await family();
    const [dasha, egor] = await Promise.all([newPerson(), newPerson()]);
    expect(await renew(vera, id)).toMatchObject(tooLow);
    const { body } = await renew(boris, id);
    expect(body).toEqual({ inviteCode: expect.stringMatching(/^[A-HJ-NP-Z2-9]{8}$/) });
    expect((await join(dasha, inviteCode)).status).toBe(404);
    expect((await join(egor, body.inviteCode)).status).toBe(200);
    expect((await call(listChats, egor)).body.chats[0].inviteCode).toBe(body.inviteCode);
  });

  test('admit exactly as many users as they have uses, even when more join at once', async () => {
    const { anna, id } = await family();
    const people = await Promise.all(Array.from({ length: 6 }, () => newPerson()));
    const { body } = await renew(anna, id, { maxUses: 2 });
    expect(body.maxUses).toBe(2);
    const answers = await Promise.all(people.map((person) => join(person, body.inviteCode)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(answers.filter((answer) => answer.body.code === 'invite_not_found')).toHaveLength(4);
  });

  test('that are used up take no number of the chat', async () => {
    const { anna, id } = await family();
    const { body } = await renew(anna, id, { maxUses: 1 });
    expect((await join(await newPerson(), body.inviteCode)).status).toBe(200);
    const before = await getLastSeq(id);
    expect((await join(await newPerson(), body.inviteCode)).body.code).toBe('invite_not_found');
    expect(await getLastSeq(id)).toBe(before);
  });

  test('expire after the requested time', async () => {
    const { anna, id } = await family();
    const { body } = await renew(anna, id, { expiresIn: 60 });
    expect(Date.parse(body.expiresAt)).toBeGreaterThan(Date.now() + 55_000);
    const dasha = await newPerson();
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    expect((await join(dasha, body.inviteCode)).status).toBe(404);
    vi.restoreAllMocks();
    expect((await join(dasha, body.inviteCode)).status).toBe(200);
  });

  test('can be revoked by admins', async () => {
    const { anna, vera, id, inviteCode } = await family();
    const revoke = (person: Person) => call(revokeInvite, person, { params: { groupId: id } });
    expect(await revoke(vera)).toMatchObject(tooLow);
    expect((await revoke(anna)).status).toBe(200);
    expect((await revoke(anna)).status).toBe(200);
    expect((await join(await newPerson(), inviteCode)).status).toBe(404);
    expect((await read(vera, id)).body.group.inviteCode).toBeUndefined();
    expect((await renew(anna, id)).status).toBe(200);
  });

  test('cannot be guessed: a person has twenty attempts an hour', async () => {
    const [anna, eve] = await Promise.all([newPerson(), newPerson()]);
    const { inviteCode } = await newGroup(anna);
    const guesses = await Promise.all(Array.from({ length: 22 }, () => join(eve, 'NEVERSET')));
    expect(guesses.filter(({ status }) => status === 404)).toHaveLength(20);
    expect(await join(eve, inviteCode)).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
  });

  test.each<[string, (code: string) => string]>([
    ['with invisible characters', (code) => `\u200E${code}\u200B`],
    ['with a dash', (code) => `${code.slice(0, 4)}-${code.slice(4)}`],
    ['in quotes', (code) => `“${code.toLowerCase()}”`],
    [
      'with Cyrillic letters',
      (code) => code.replace(/[ABCEHKMPTXY]/g, (letter) => 'АВСЕНКМРТХУ'['ABCEHKMPTXY'.indexOf(letter)] ?? ''),
    ],
    ['as a link', (code) => `Join us: https://chat.example.com/#join=${code}`],
  ])('work as people type and paste them: %s', async (_how, write) => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { inviteCode } = await newGroup(anna);
    expect((await join(boris, write(inviteCode))).status).toBe(200);
  });

  test('are not guessed by what cannot be a code', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { inviteCode } = await newGroup(anna);
    const malformed = {
      status: 400,
      body: { code: 'invalid_input', errors: [{ path: 'inviteCode', rule: 'invite_code' }] },
    };
    for (let n = 0; n < 21; n++) expect(await join(boris, 'привет!')).toMatchObject(malformed);
    // Well-formed, but with letters and a length that no code has.
    for (const code of ['ABC123', 'HELLO', 'I0O1AAAA'])
      for (let n = 0; n < 8; n++) expect((await join(boris, code)).body.code).toBe('invite_not_found');
    expect((await join(boris, inviteCode)).status).toBe(200);
  });

  test('admit a person twenty times an hour, so that joining and leaving floods nobody', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id, inviteCode } = await newGroup(anna);
    for (let n = 0; n < 20; n++) {
      expect((await join(boris, inviteCode)).status).toBe(200);
      expect((await call(removeMember, boris, { params: { groupId: id, userId: boris.id } })).status).toBe(200);
    }
    expect(await join(boris, inviteCode)).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
  });
});
