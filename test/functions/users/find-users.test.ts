import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findUsers } from '#shared/contract/users/find-users.ts';
import { call } from '../../support/call.ts';
import { newPerson, newPhone } from '../../support/people.ts';

describe('looking up users', () => {
  test('finds the users with these emails and phones, and nobody else', async () => {
    const phone = newPhone();
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris', { phone })]);
    const entry = boris.email.toUpperCase();
    const { body } = await call(findUsers, anna, {
      body: { emails: [entry, `${randomUUID()}@example.com`], phones: [phone, newPhone()] },
    });
    expect(body.users).toEqual([
      { id: boris.id, name: 'Boris', email: boris.email, entry },
      { id: boris.id, name: 'Boris', phone, entry: phone },
    ]);
  });

  test('tells which entries found somebody, in their order, also if two of them are the same phone', async () => {
    const phone = newPhone();
    const [anna, boris] = await Promise.all([newPerson(), newPerson('Boris', { phone })]);
    const phones = [`8 ${phone.slice(2)}`, newPhone(), `tel:${phone}`, `8 ${phone.slice(2)}`];
    const { body } = await call(findUsers, anna, { body: { phones } });
    expect(body.users).toEqual([
      { id: boris.id, name: 'Boris', phone, entry: phones[0] },
      { id: boris.id, name: 'Boris', phone, entry: phones[2] },
    ]);
  });

  test('finds the others if entries are no phones or emails', async () => {
    const phone = newPhone();
    const [anna, boris] = await Promise.all([newPerson(), newPerson('Boris', { phone })]);
    const junk = [
      '112',
      'Mum',
      '',
      '+999123456789',
      'x'.repeat(10_000),
      '1'.repeat(10_000),
      null,
      7,
      { a: 1 },
      ['x'],
      true,
    ];
    const { status, body } = await call(findUsers, anna, {
      body: { emails: [...junk, boris.email, phone], phones: [...junk, phone, boris.email] },
    });
    expect(status).toBe(200);
    expect(body.users.map(({ entry }: { entry: string }) => entry)).toEqual([boris.email, phone]);
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
