import { randomUUID } from 'node:crypto';
import { afterEach, expect, inject, test, vi } from 'vitest';
import { lifetime } from '#shared/tokens/claims.ts';
import { type PublicKey, readPublicKeys } from '#shared/tokens/public-keys.ts';
import type { RotationEvent } from '#shared/tokens/rotation.ts';
import { signToken } from '#shared/tokens/sign.ts';
import { verifyToken } from '#shared/tokens/verify.ts';
import { handler } from '../../functions/rotate-keys.ts';
import { aws } from '../support/stand-ins/aws.ts';

const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
const claims = { userId: 'u1', sessionId: 's1' };
const SecretId = inject('tokenKey');
const kidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
const step = (Step: RotationEvent['Step'], ClientRequestToken: string) =>
  handler({ Step, SecretId, ClientRequestToken });

async function rotate(): Promise<void> {
  const version = randomUUID();
  for (const each of steps) await step(each, version);
}

/** Restarts a rotation after each of its steps, and expects it to make one key. */
async function rotateWithBreaks(): Promise<void> {
  const before = (await readPublicKeys()).length;
  const version = randomUUID();
  for (let done = 1; done <= steps.length; done++) for (const each of steps.slice(0, done)) await step(each, version);
  expect(await readPublicKeys()).toHaveLength(before + 1);
  const newest = (await readPublicKeys()).filter(({ exp }) => exp === undefined);
  expect(newest.map(({ kid }) => kid)).toEqual([JSON.parse(aws.secrets.valueOf(SecretId)).kid]);
}

/** Moves the clock forward, past what is cached. */
const later = (seconds: number) => vi.useFakeTimers({ now: Date.now() + seconds * 1000, toFake: ['Date'] });
afterEach(() => {
  vi.useRealTimers();
});

test('a key is replaced by another, and removed only when its last token has expired', async () => {
  const old = await signToken('access', claims);
  await rotate();
  expect(kidOf(await signToken('access', claims))).toBe(kidOf(old));
  // The cached key has expired now.
  later(301);
  const next = await signToken('access', claims);
  expect(kidOf(next)).not.toBe(kidOf(old));
  for (const token of [old, next]) expect(await verifyToken('access', token)).toMatchObject(claims);

  const keyOf = async (token: string) => (await readPublicKeys()).find(({ kid }) => kid === kidOf(token)) as PublicKey;
  const kept = await keyOf(old);
  expect(kept.exp).toBeGreaterThan(Date.now() / 1000 + lifetime.refresh - 301);
  later(lifetime.refresh - 320);
  await rotateWithBreaks();
  expect(await keyOf(old)).toEqual(kept);
  later(700);
  await rotate();
  expect((await readPublicKeys()).map(({ kid }) => kid)).not.toContain(kidOf(old));
});

test('published keys contain no private part', async () => {
  const published = await readPublicKeys();
  expect(published.length).toBeGreaterThan(0);
  for (const key of published) expect(key).not.toHaveProperty('d');
});

test('signing answers 503 while the stack has no key yet', async () => {
  const key = aws.secrets.valueOf(SecretId);
  aws.secrets.set(SecretId, 'not a key');
  later(10_000);
  await expect(signToken('access', claims)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  aws.secrets.set(SecretId, key);
});

test('an unreadable parameter logs nobody out', async () => {
  const token = await signToken('access', claims);
  later(20_000);
  aws.fail(500);
  await expect(verifyToken('access', token)).rejects.not.toMatchObject({ code: 'token_invalid' });
  aws.fail(undefined);
});
