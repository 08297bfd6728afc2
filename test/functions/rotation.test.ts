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

/** A rotation that breaks off after each step in turn, and is begun again: it makes one key. */
async function rotateWithBreaks(): Promise<void> {
  const before = (await readPublicKeys()).length;
  const version = randomUUID();
  for (let done = 1; done <= steps.length; done++) for (const each of steps.slice(0, done)) await step(each, version);
  expect(await readPublicKeys()).toHaveLength(before + 1);
  const newest = (await readPublicKeys()).filter(({ exp }) => exp === undefined);
  expect(newest.map(({ kid }) => kid)).toEqual([JSON.parse(aws.secrets.valueOf(SecretId)).kid]);
}

/** So much later, for who remembers something. */
const later = (seconds: number) => vi.useFakeTimers({ now: Date.now() + seconds * 1000, toFake: ['Date'] });
afterEach(() => {
  vi.useRealTimers();
});

test('a key is followed by another, and goes when its last token has expired, not before', async () => {
  const old = await signToken('access', claims);
  await rotate();
  expect(kidOf(await signToken('access', claims))).toBe(kidOf(old));
  // The functions have forgotten the old one now.
  later(301);
  const young = await signToken('access', claims);
  expect(kidOf(young)).not.toBe(kidOf(old));
  for (const token of [old, young]) expect(await verifyToken('access', token)).toMatchObject(claims);

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

test('of the keys nothing is published that is private', async () => {
  for (const key of await readPublicKeys()) expect(key).not.toHaveProperty('d');
});

test('a stack without a key yet says so, and the client may come again', async () => {
  const key = aws.secrets.valueOf(SecretId);
  aws.secrets.set(SecretId, 'not a key');
  later(10_000);
  await expect(signToken('access', claims)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  aws.secrets.set(SecretId, key);
});

test('a parameter that can not be read logs nobody out', async () => {
  const token = await signToken('access', claims);
  later(20_000);
  aws.fail(500);
  await expect(verifyToken('access', token)).rejects.not.toMatchObject({ code: 'token_invalid' });
  aws.fail(undefined);
});
