import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, describe, expect, inject, test, vi } from 'vitest';
import { publishKey } from '#shared/data/control/public-keys.ts';
import { settings } from '#shared/platform/settings.ts';
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

/** A token of a key that was published just now. */
async function tokenOfNewKey(): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = randomUUID();
  await publishKey({ ...(await exportJWK(publicKey)), kid });
  return draft()
    .setExpirationTime('24h')
    .setProtectedHeader({ ...header, kid })
    .sign(privateKey);
}

describe('reading the public keys', () => {
  /** A function that has read no keys yet, and ways to see and to fail what it asks of DynamoDB. */
  async function startCold() {
    vi.resetModules();
    const { verifyToken: verify } = await import('#shared/tokens/verify.ts');
    const { whileThrottled } = await import('../support/intercept-next.ts');
    const { countOperations } = await import('../support/count-operations.ts');
    const throttled = <T>(action: () => Promise<T>) => whileThrottled(settings.controlTable(), action);
    return { verify: (token: string) => verify('access', token), throttled, countOperations };
  }
  /** Moves the clock forward, past what is cached. */
  const later = (seconds: number) => vi.useFakeTimers({ now: Date.now() + seconds * 1000, toFake: ['Date'] });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('fails, and calls no token invalid, while there are none yet', async () => {
    const { verify, throttled } = await startCold();
    const token = await signToken('access', claims);
    await expect(throttled(() => verify(token))).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(await verify(token)).toMatchObject(claims);
  });

  test('goes on verifying with the last ones while they cannot be read again', async () => {
    const { verify, throttled, countOperations } = await startCold();
    const token = await signToken('access', claims, Date.now() + 20 * 60_000);
    await verify(token);
    later(11 * 60);
    const lines = await linesOf(() => throttled(async () => void (await verify(token))));
    expect(lines).toMatchObject([{ level: 'warn', message: 'public keys not read: the last ones stay in use' }]);
    // For a minute they are not asked for.
    expect((await countOperations(() => verify(token))).operations).toEqual([]);
    later(61);
    expect((await countOperations(() => verify(token))).operations).toEqual(['Query']);
  });

  test('calls a token of a new key neither valid nor invalid while they cannot be read', async () => {
    const { verify, throttled } = await startCold();
    await verify(await signToken('access', claims));
    const token = await tokenOfNewKey();
    later(10);
    // The second time it is less than five seconds since the keys were looked for in vain.
    await expect(throttled(() => verify(token))).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(verify(token)).rejects.toMatchObject({ name: 'ThrottlingException' });
    later(6);
    expect(await verify(token)).toMatchObject(claims);
  });

  test('looks for an unknown key at most every five seconds', async () => {
    const { verify, countOperations } = await startCold();
    await verify(await signToken('access', claims));
    const token = await draft()
      .setExpirationTime('24h')
      .setProtectedHeader({ ...header, kid: 'unknown' })
      .sign(otherKey);
    later(10);
    const rejects = () => expect(verify(token)).rejects.toMatchObject({ code: 'token_invalid' });
    expect((await countOperations(rejects)).operations).toEqual(['Query']);
    expect((await countOperations(rejects)).operations).toEqual([]);
  });
});
