import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { refresh } from '#shared/contract/auth/refresh.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { isKnownNetwork } from '#shared/data/accounts/known-networks.ts';
import { signToken } from '#shared/tokens/sign.ts';
import { call } from '../../support/call.ts';
import { connect, newGroup, newPerson } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { invalid, laterBy, renew } from './logins.ts';

afterEach(() => void vi.useRealTimers());

const day = 24 * 3_600_000;

describe('refreshing', () => {
  test('returns a new access token and nothing else', async () => {
    const anna = await newPerson();
    const { status, body } = await renew(anna.refreshToken);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['accessToken']);
    expect((await call(listChats, { token: body.accessToken })).status).toBe(200);
  });

  test('rejects an access token, and endpoints reject a refresh token', async () => {
    const anna = await newPerson();
    expect(await renew(anna.token)).toMatchObject(invalid);
    expect(await call(listChats, { token: anna.refreshToken })).toMatchObject(invalid);
  });

  test('rejects a validly signed token without a session', async () => {
    const token = await signToken('refresh', { userId: randomUUID(), sessionId: randomUUID(), rotation: 0 });
    expect(await renew(token)).toMatchObject(invalid);
  });
});

describe('rotating the refresh token', () => {
  test('returns a new token, and the old one works until the new one is used', async () => {
    const anna = await newPerson();
    const { body } = await renew(anna.refreshToken, true);
    laterBy(day);
    expect((await renew(anna.refreshToken)).status).toBe(200);
    expect((await renew(body.refreshToken)).status).toBe(200);
    expect(await renew(anna.refreshToken)).toMatchObject(invalid);
  });

  test('can be retried when the answer was lost, and extends the session from then on', async () => {
    const anna = await newPerson();
    await renew(anna.refreshToken, true);
    laterBy(20 * day);
    const { body } = await renew(anna.refreshToken, true);
    laterBy(25 * day);
    expect((await renew(body.refreshToken)).status).toBe(200);
  });

  test('returns two valid tokens for two simultaneous requests', async () => {
    const anna = await newPerson();
    const [first, second] = await Promise.all([renew(anna.refreshToken, true), renew(anna.refreshToken, true)]);
    laterBy(3_600_000);
    expect((await renew(first.body.refreshToken)).status).toBe(200);
    expect((await renew(second.body.refreshToken)).status).toBe(200);
  });

  test('ends the session and closes its sockets when the old token is used after the new one', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const socket = await connect(anna, chatId);
    const { body } = await renew(anna.refreshToken, true);
    expect((await renew(body.refreshToken)).status).toBe(200);
    expect(await renew(anna.refreshToken)).toMatchObject(invalid);
    expect(await renew(body.refreshToken)).toMatchObject(invalid);
    expect(standIn.closed(socket)).toBe(true);
  });

  test('continues or ends the session for both tokens when the old and the new one are used at once', async () => {
    for (let round = 0; round < 5; round++) {
      const anna = await newPerson();
      const { body } = await renew(anna.refreshToken, true);
      const [old, next] = await Promise.all([renew(anna.refreshToken, true), renew(body.refreshToken, true)]);
      expect([200, 401]).toContain(old.status);
      const tokens = [old, next].filter(({ status }) => status === 200).map((answer) => answer.body.refreshToken);
      for (const token of tokens) expect((await renew(token)).status).toBe(old.status);
    }
  });

  test('ends the session when a token from two rotations ago is used', async () => {
    const anna = await newPerson();
    const { body: first } = await renew(anna.refreshToken, true);
    const { body: second } = await renew(first.refreshToken, true);
    expect(await renew(anna.refreshToken)).toMatchObject(invalid);
    expect(await renew(second.refreshToken)).toMatchObject(invalid);
  });

  test('keeps the session for another 30 days; an unrotated one ends after 30', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    laterBy(20 * day);
    const { body } = await renew(anna.refreshToken, true);
    laterBy(11 * day);
    expect((await renew(boris.refreshToken)).body.code).toBe('token_expired');
    laterBy(14 * day);
    expect((await renew(body.refreshToken)).status).toBe(200);
  });
});

test('a refresh makes the network known only if it replaces the token', async () => {
  const anna = await newPerson();
  for (const rotate of [false, true]) {
    const body = { refreshToken: anna.refreshToken, rotate };
    expect((await call(refresh, undefined, { body, ip: '203.0.113.7' })).status).toBe(200);
    expect(await isKnownNetwork(anna.id, '203.0.113.0/24')).toBe(rotate);
  }
});
