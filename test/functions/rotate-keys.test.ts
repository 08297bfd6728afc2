import { randomUUID } from 'node:crypto';
import { afterEach, expect, inject, test, vi } from 'vitest';
import { expireOtherKeys, listPublicKeys, type PublicKey, publishKey } from '#shared/data/control/public-keys.ts';
import { controlKeys } from '#shared/data/keys.ts';
import { queryPrefix } from '#shared/data/table.ts';
import { settings } from '#shared/platform/settings.ts';
import { lifetime, rereadAfterMs } from '#shared/tokens/claims.ts';
import type { RotationEvent } from '#shared/tokens/rotation.ts';
import { signToken } from '#shared/tokens/sign.ts';
import { makePrivateKey, publicPart } from '#shared/tokens/signing-key.ts';
import { verifyToken } from '#shared/tokens/verify.ts';
import { handler } from '../../functions/rotate-keys.ts';
import { aws } from '../support/stand-ins/aws.ts';

/** How long a step has waited, milliseconds. Nobody waits here. */
const waits = vi.hoisted((): number[] => []);
vi.mock('node:timers/promises', () => ({ setTimeout: async (ms: number) => void waits.push(ms) }));

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

/** All keys as they are stored, those that have expired as well. */
const storedKeys = () =>
  queryPrefix<{ jwk: PublicKey; expiresAt?: number }>(settings.controlTable(), controlKeys.publicKeys);

/** Restarts a rotation after each of its steps, and expects it to make one key. */
async function rotateWithBreaks(): Promise<void> {
  const before = (await storedKeys()).length;
  const version = randomUUID();
  for (let done = 1; done <= steps.length; done++) for (const each of steps.slice(0, done)) await step(each, version);
  expect(await storedKeys()).toHaveLength(before + 1);
  const newest = (await storedKeys()).filter(({ expiresAt }) => expiresAt === undefined);
  expect(newest.map(({ jwk }) => jwk.kid)).toEqual([JSON.parse(aws.secrets.valueOf(SecretId)).kid]);
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

  const keyOf = async (token: string) => (await storedKeys()).find(({ jwk }) => jwk.kid === kidOf(token));
  const kept = await keyOf(old);
  expect(kept?.expiresAt).toBeGreaterThan(Date.now() / 1000 + lifetime.refresh - 301);
  later(lifetime.refresh - 320);
  await rotateWithBreaks();
  expect(await keyOf(old)).toEqual(kept);
  expect((await listPublicKeys()).map(({ kid }) => kid)).toContain(kidOf(old));
  later(700);
  // DynamoDB deletes it within days.
  expect((await listPublicKeys()).map(({ kid }) => kid)).not.toContain(kidOf(old));
});

test('a key is used only when every function that has just read the keys may read them again, also when the step is repeated', async () => {
  const version = randomUUID();
  await step('createSecret', version);
  waits.splice(0);
  later(0);
  await step('setSecret', version);
  later(2);
  await step('setSecret', version);
  later(60);
  await step('setSecret', version);
  expect(waits).toEqual([rereadAfterMs + 1000, rereadAfterMs - 1000, 0]);
});

test('publishing a key again does not prolong it', async () => {
  const jwk = publicPart(await makePrivateKey());
  await publishKey(jwk);
  const expiresAt = Math.floor(Date.now() / 1000) + 600;
  await expireOtherKeys('of none of them', expiresAt);
  await publishKey(jwk);
  expect((await storedKeys()).find((stored) => stored.jwk.kid === jwk.kid)).toMatchObject({ expiresAt });
});

test('published keys contain no private part', async () => {
  const published = await listPublicKeys();
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
