import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findUsers } from '#shared/contract/users/find-users.ts';
import { call } from '../../support/call.ts';
import { newPerson, newPhone } from '../../support/people.ts';

describe('looking up users', () => {
  test('finds the users with these emails and phones, and nobody else', async () => {
    const phone = newPhone();
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris', { phone })]);
    const { body } = await call(findUsers, anna, {
      body: { emails: [boris.email.toUpperCase(), `${randomUUID()}@example.com`], phones: [phone, newPhone()] },
    });
    expect(body.users).toEqual([
      { id: boris.id, name: 'Boris', email: boris.email },
      { id: boris.id, name: 'Boris', phone },
    ]);
  });

  test('accepts fifty entries at once and forty requests an hour', async () => {
    const anna = await newPerson();
    const emails = Array.from({ length: 50 }, () => `${randomUUID()}@example.com`);
    expect((await call(findUsers, anna, { body: { emails } })).status).toBe(200);
    expect(await call(findUsers, anna, { body: { emails, phones: [newPhone()] } })).toMatchObject({ status: 400 });
    for (let n = 0; n < 39; n++) await call(findUsers, anna, { body: {} });
    expect((await call(findUsers, anna, { body: {} })).status).toBe(429);
  });
});
