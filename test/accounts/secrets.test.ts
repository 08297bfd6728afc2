import { randomUUID } from 'node:crypto';
import { dictionary } from '@zxcvbn-ts/language-common';
import bcrypt from 'bcryptjs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { issueCode } from '#shared/accounts/one-time-codes.ts';
import { issueTicket } from '#shared/accounts/tickets.ts';
import { newInviteCode } from '#shared/chats/groups.ts';
import { changePassword } from '#shared/contract/auth/change-password.ts';
import { login } from '#shared/contract/auth/login.ts';
import { register } from '#shared/contract/auth/register.ts';
import { linkEmail } from '#shared/contract/users/link-email.ts';
import { findUserByLogin, getUser } from '#shared/data/accounts/users.ts';
import { call } from '../support/call.ts';
import { newPerson, newPhone, newPhonePerson, password } from '../support/people.ts';

/** How secrets are made, stored and compared, which no answer shows. */

afterEach(() => void vi.restoreAllMocks());

const newEmail = () => `${randomUUID()}@example.com`;

describe('a password', () => {
  const newPassword = 'battery staple';
  const byEmail = (email: string, tried: string) => call(login, undefined, { body: { email, password: tried } });

  test('is stored as a bcrypt hash of cost 10, however it is set', async () => {
    const [email, linked, phone] = [newEmail(), newEmail(), newPhone()];
    await call(register, undefined, { body: { email, password: newPassword } });
    const anna = await newPerson();
    await call(changePassword, anna, { body: { currentPassword: password, newPassword } });
    const boris = await newPhonePerson(phone);
    const body = { email: linked, password: newPassword, code: await issueCode(phone) };
    expect((await call(linkEmail, boris, { body })).status).toBe(200);
    const users = [
      await findUserByLogin({ kind: 'email', name: email }),
      await getUser(anna.id),
      await getUser(boris.id),
    ];
    const hashes = users.map((user) => user?.passwordHash ?? '');
    for (const hash of hashes) {
      expect(hash).toMatch(/^\$2b\$10\$[./A-Za-z0-9]{53}$/);
      expect(await bcrypt.compare(newPassword, hash)).toBe(true);
    }
    // Each with a salt of its own.
    expect(new Set(hashes).size).toBe(3);
  });

  test('is hashed as often and at the same cost for an unknown email as for a known one', async () => {
    const compare = vi.spyOn(bcrypt, 'compare');
    const costsOf = async (email: string, tried: string) => {
      compare.mockClear();
      await byEmail(email, tried);
      return compare.mock.calls.map(([, hash]) => bcrypt.getRounds(String(hash)));
    };
    const { email } = await newPerson();
    expect(await costsOf(email, 'wrong horse')).toEqual([10]);
    expect(await costsOf(newEmail(), 'wrong horse')).toEqual([10]);
    expect(await costsOf(email, password)).toEqual([10]);
  });

  test('is refused if it is one of the 3,000 most common', async () => {
    const { refuseCommonPassword } = await import('#shared/accounts/common-passwords.ts');
    const common = (dictionary['passwords-common'] as string[]).filter((one) => one.length >= 8).slice(0, 3000);
    expect(common).toHaveLength(3000);
    for (const one of common) {
      expect(() => refuseCommonPassword(one), one).toThrow(expect.objectContaining({ code: 'password_too_common' }));
      expect(() => refuseCommonPassword(one.toUpperCase()), one).toThrow();
    }
    expect(() => refuseCommonPassword('battery staple')).not.toThrow();
  });

  test('may be a common one in a stage that allows them', async () => {
    vi.resetModules();
    vi.stubEnv('REFUSE_COMMON_PASSWORDS', 'false');
    const { refuseCommonPassword } = await import('#shared/accounts/common-passwords.ts');
    vi.unstubAllEnvs();
    expect(() => refuseCommonPassword('password123')).not.toThrow();
  });
});

/** Makes many of them while Math.random always returns the same. */
async function manyOf(make: () => Promise<string> | string, count = 400): Promise<string[]> {
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  return Promise.all(Array.from({ length: count }, async () => make()));
}

/** How many different characters there are at each place. */
const varietyOf = (made: string[]): number[] =>
  Array.from(made[0] ?? '', (_, place) => new Set(made.map((one) => one[place])).size);

describe('a random secret', () => {
  test('is, as a one-time code, six digits of which each can be anything', async () => {
    const codes = await manyOf(() => issueCode(newPhone()));
    for (const code of codes) expect(code).toMatch(/^\d{6}$/);
    expect(varietyOf(codes)).toEqual([10, 10, 10, 10, 10, 10]);
    expect(new Set(codes).size).toBeGreaterThan(390);
  });

  test('is, as a ticket, 256 bits of which each can be anything', async () => {
    const tickets = await manyOf(() => issueTicket({ userId: 'u', sessionId: 's' }), 60);
    const bits = tickets.map((ticket) =>
      [...Buffer.from(ticket, 'base64url')].map((byte) => byte.toString(2).padStart(8, '0')).join(''),
    );
    expect(varietyOf(bits)).toEqual(Array.from({ length: 256 }, () => 2));
    expect(new Set(tickets).size).toBe(60);
  });

  test('is, as an invite code, eight symbols of which each can be anything', async () => {
    const codes = await manyOf(newInviteCode, 1000);
    expect(varietyOf(codes)).toEqual(Array.from({ length: 8 }, () => 32));
    expect(new Set(codes).size).toBe(1000);
  });
});
