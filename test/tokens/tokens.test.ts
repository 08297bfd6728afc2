import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { expect, inject, test, vi } from 'vitest';
import { signToken } from '#shared/tokens/sign.ts';
import { verifyToken } from '#shared/tokens/verify.ts';
import { linesOf } from '../support/log-lines.ts';
import { aws } from '../support/stand-ins/aws.ts';

const claims = { userId: 'u1', sessionId: 's1' };
const jwk = JSON.parse(aws.secrets.valueOf(inject('tokenKey')));
const ourKey = await importJWK(jwk, 'ES256');
const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const publicKey = createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'spki' });

const draft = () =>
  new SignJWT({ sid: 's1' })
    .setIssuer('group-chat')
    .setAudience('group-chat')
    .setSubject('u1')
    .setIssuedAt()
    .setExpirationTime('1h');
const header = { alg: 'ES256', typ: 'at+jwt', kid: jwk.kid };

test('returns the user and the session of a token', async () => {
  expect(await verifyToken('access', await signToken('access', claims))).toMatchObject(claims);
  expect(await verifyToken('access', await draft().setProtectedHeader(header).sign(ourKey))).toMatchObject(claims);
  expect(await verifyToken('refresh', await signToken('refresh', { ...claims, rotation: 3 }))).toEqual({
    ...claims,
    rotation: 3,
  });
});

test.each<[string, () => string | Promise<string>]>([
  ['signed by another key', () => draft().setProtectedHeader(header).sign(otherKey)],
  [
    'signed with our public key as a shared secret',
    () =>
      draft()
        .setProtectedHeader({ ...header, alg: 'HS256' })
        .sign(publicKey),
  ],
  [
    'without a signature',
    () => new UnsecuredJWT({ sid: 's1', sub: 'u1' }).setIssuer('group-chat').setAudience('group-chat').encode(),
  ],
  ['of another issuer', () => draft().setIssuer('else').setProtectedHeader(header).sign(ourKey)],
  ['for another audience', () => draft().setAudience('else').setProtectedHeader(header).sign(ourKey)],
  ['of the other type', () => signToken('refresh', claims)],
  ['without a type', () => draft().setProtectedHeader({ alg: 'ES256' }).sign(ourKey)],
  [
    'without a session',
    () =>
      new SignJWT({})
        .setIssuer('group-chat')
        .setAudience('group-chat')
        .setSubject('u1')
        .setExpirationTime('1h')
        .setProtectedHeader(header)
        .sign(ourKey),
  ],
])('rejects a token %s', async (_what, make) => {
  await expect(verifyToken('access', await make())).rejects.toMatchObject({ code: 'token_invalid' });
});

test('says that a formerly valid token has expired', async () => {
  const old = await signToken('access', claims, Date.now() - 3_601_000);
  await expect(verifyToken('access', old)).rejects.toMatchObject({ code: 'token_expired' });
});

test('goes on verifying with the keys read last while they cannot be read again, and then with the new ones', async () => {
  const token = await signToken('access', claims, Date.now() + 20 * 60_000);
  vi.useFakeTimers({ now: Date.now() + 11 * 60_000, toFake: ['Date'] });
  try {
    aws.fail(500);
    const lines = await linesOf(async () => expect(await verifyToken('access', token)).toMatchObject(claims));
    expect(lines).toMatchObject([{ level: 'warn', message: 'public keys not read: the last ones stay in use' }]);
    // For a minute they are not asked for again.
    expect(await linesOf(() => verifyToken('access', token))).toEqual([]);
    vi.setSystemTime(Date.now() + 61_000);
    aws.fail(undefined);
    expect(await linesOf(() => verifyToken('access', token))).toEqual([]);
  } finally {
    vi.useRealTimers();
    aws.fail(undefined);
  }
});

test('fails, and calls no token invalid, while there are no keys yet', async () => {
  vi.resetModules();
  const { verifyToken: verifyFirst } = await import('#shared/tokens/verify.ts');
  const token = await signToken('access', claims);
  aws.fail(500);
  try {
    await expect(verifyFirst('access', token)).rejects.not.toMatchObject({ code: 'token_invalid' });
  } finally {
    aws.fail(undefined);
  }
  expect(await verifyFirst('access', token)).toMatchObject(claims);
});
