import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { addUse, countUse, getUse } from '#shared/data/limits.ts';
import { handler as loginHandler } from '../../../functions/auth/login.ts';
import { handler as listChatsHandler } from '../../../functions/chats/list-chats.ts';
import { invoke } from '../../support/invoke.ts';
import { newPerson, password } from '../../support/people.ts';

const newEmail = () => `${randomUUID()}@example.com`;

describe('logging in by email', () => {
  test('answers as specified, whatever the case of the email', async () => {
    const anna = await newPerson('Anna');
    const { status, body } = await invoke(loginHandler, login, { body: { email: anna.email.toUpperCase(), password } });
    expect(status).toBe(200);
    expect(body.user).toEqual({ id: anna.id, email: anna.email, name: 'Anna' });
    expect((await invoke(listChatsHandler, listChats, { token: body.accessToken })).status).toBe(200);
  });

  test('gives the same answer for a wrong password and an unknown email', async () => {
    const anna = await newPerson();
    const wrong = await invoke(loginHandler, login, { body: { email: anna.email, password: 'wrong horse' } });
    const unknown = await invoke(loginHandler, login, { body: { email: newEmail(), password } });
    for (const { headers, body } of [wrong, unknown]) {
      delete headers['x-request-id'];
      delete body.requestId;
    }
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ status: 401, body: { code: 'wrong_credentials' } });
  });
});

describe('guessing a password', () => {
  const tryLogin = (email: string, tried: string, ip?: string) =>
    invoke(loginHandler, login, { body: { email, password: tried }, ...(ip && { ip }) });

  /** Counts wrong guesses from an address. */
  async function guessedFrom(ip: string, times: number): Promise<void> {
    for (let n = 0; n < times; n++) await countUse('auth/login:ip:900', ip, { allow: 100, within: 900 });
  }

  test('is refused to an address after ten wrong attempts at once, even with the right password, whether or not the account exists', async () => {
    const anna = await newPerson();
    for (const email of [anna.email, newEmail()]) {
      const ip = randomUUID();
      const guesses = await Promise.all(Array.from({ length: 12 }, () => tryLogin(email, 'wrong horse', ip)));
      expect(guesses.filter(({ body }) => body.code === 'wrong_credentials')).toHaveLength(10);
      const { status, headers, body } = await tryLogin(email.toUpperCase(), password, ip);
      expect({ status, code: body.code }).toEqual({ status: 429, code: 'too_many_requests' });
      expect(Number(headers['retry-after'])).toBeGreaterThan(15 * 60 - 60);
    }
  });

  test('does not lock the owner out, who logs in from another address', async () => {
    const anna = await newPerson();
    const ip = randomUUID();
    for (let n = 0; n < 11; n++) await tryLogin(anna.email, 'wrong horse', ip);
    expect((await tryLogin(anna.email, password)).status).toBe(200);
  });

  test('from everywhere is refused after a hundred attempts, but not in networks where the owner has logged in', async () => {
    const anna = await newPerson();
    expect((await tryLogin(anna.email, password, '203.0.113.7')).status).toBe(200);
    const limit = { allow: 100, within: 900 };
    for (let n = 0; n < 100; n++) await countUse('auth/login:email:900', anna.email, limit);
    expect(await tryLogin(anna.email, password, '198.51.100.1')).toMatchObject({ status: 429 });
    expect((await tryLogin(anna.email, password, '203.0.113.99')).status).toBe(200);
    vi.useFakeTimers({ now: Date.now() + 91 * 24 * 3_600_000, toFake: ['Date'] });
    for (let n = 0; n < 100; n++) await countUse('auth/login:email:900', anna.email, limit);
    expect(await tryLogin(anna.email, password, '203.0.113.99')).toMatchObject({ status: 429 });
    vi.useRealTimers();
  });

  test('that one limit refuses is counted by none', async () => {
    const [email, ip] = [newEmail(), randomUUID()];
    const ofAddress = ['auth/login:login+ip:900', `${email}#${ip}`] as const;
    for (let n = 0; n < 5; n++) await countUse(...ofAddress, { allow: 10, within: 900 });
    await addUse('auth/login:email:900', email, 100, 900);
    expect(await tryLogin(email, 'wrong horse', ip)).toMatchObject({ status: 429 });
    expect((await getUse(...ofAddress)).used).toBe(5);
  });

  test('does not count logins with the right password', async () => {
    const anna = await newPerson();
    const ip = randomUUID();
    for (let n = 0; n < 12; n++) expect((await tryLogin(anna.email, password, ip)).status).toBe(200);
  });

  test('is refused after a hundred wrong attempts from one address, over all accounts', async () => {
    const ip = randomUUID();
    // An invalid email is rejected before it is counted.
    await tryLogin('nobody', 'wrong horse', ip);
    await guessedFrom(ip, 99);
    expect((await tryLogin(newEmail(), 'wrong horse', ip)).status).toBe(401);
    const anna = await newPerson();
    expect(await tryLogin(anna.email, password, ip)).toMatchObject({ status: 429 });
    expect((await tryLogin(anna.email, password)).status).toBe(200);
  });

  test('is counted for the client address reported by the edge, not for one that a client claims', async () => {
    const guess = (headers: Record<string, string>) =>
      invoke(loginHandler, login, {
        ip: 'cloudfront',
        headers,
        body: { email: newEmail(), password: 'wrong horse' },
      });
    const edge = process.env.EDGE_KEY as string;
    const [mine, other] = [randomUUID(), randomUUID()];
    const through = (client: string, spoofed = 'x') => ({
      'chat-edge-key': edge,
      'x-forwarded-for': `${spoofed}, ${client}, cloudfront`,
    });
    await guessedFrom(mine, 98);
    for (const spoofed of [mine, other]) expect((await guess(through(mine, spoofed))).status).toBe(401);
    expect((await guess(through(mine))).status).toBe(429);
    expect((await guess(through(other))).status).toBe(401);
    expect((await guess({ ...through(mine), 'chat-edge-key': 'guessed' })).status).toBe(401);
  });
});
