import { setTimeout as sleep } from 'node:timers/promises';
import { importJWK, SignJWT } from 'jose';
import { algorithm, audience, headerType, issuer } from '#shared/tokens/claims.ts';
import { makePrivateKey, publicPart } from '#shared/tokens/signing-key.ts';
import { startServer } from './processes.ts';
import { quantile } from './table.ts';

/**
 * Do the public keys survive a herd of functions that all start cold? Requests come at a steady rate when no function is
 * warm, as after a deployment or when everybody reconnects. Each needs a function instance, and a new one reads the
 * switches and the keys first, with the real code; what it reads from serves so many reads a second: a partition of DynamoDB 3,000 and, for
 * comparison, the Parameter Store 40.
 */

const rates = [150, 300, 500, 800];
const stores = { 'DynamoDB, 3,000 reads/s': 3000, 'Parameter Store, 40 reads/s': 40 };
const seconds = 6;
/** A cold start, and then the rest of the request: milliseconds. A send to ten connections takes 120 ms (docs/scale.md). */
const [coldStartMs, workMs] = [300, 120];

Object.assign(process.env, {
  AWS_REGION: 'local',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  CONTROL_TABLE: 'control',
});

type Verify = (token: string) => Promise<unknown>;

/** What so many new function instances do first: each has modules of its own, which have read no switches and no keys yet. */
async function newInstances(count: number): Promise<Verify[]> {
  const instances: Verify[] = [];
  while (instances.length < count) {
    const { requireSwitchedOn } = await import(`../../shared/lambda/switches.ts?instance=${loaded}`);
    const { verifyToken } = await import(`../../shared/tokens/verify.ts?instance=${loaded++}`);
    instances.push(async (token) => {
      await requireSwitchedOn();
      return verifyToken('access', token);
    });
  }
  return instances;
}
let loaded = 0;

interface Request {
  second: number;
  isCold: boolean;
  /** How long verifying took, milliseconds. */
  ms: number;
  failed: boolean;
}

/** Sends requests at this rate, and gives each to a function instance that is free, or to a new one. */
async function run(rate: number, token: string): Promise<Request[]> {
  // Loaded before the clock starts, because on Lambda each instance has a CPU of its own for that.
  const cold = await newInstances(2 * rate);
  const free: Verify[] = [];
  const startedAt = performance.now();
  const serve = async (): Promise<Request> => {
    const second = Math.floor((performance.now() - startedAt) / 1000);
    const warm = free.pop();
    if (!warm) await sleep(coldStartMs);
    const verify = warm ?? cold.pop() ?? outOfInstances();
    const verifyingAt = performance.now();
    const failed = await verify(token).then(
      () => false,
      () => true,
    );
    const ms = performance.now() - verifyingAt;
    if (!failed) await sleep(workMs);
    free.push(verify);
    return { second, isCold: !warm, ms, failed };
  };
  const requests: Promise<Request>[] = [];
  while (requests.length < rate * seconds) {
    const due = Math.min(rate * seconds, Math.ceil(((performance.now() - startedAt) / 1000) * rate));
    while (requests.length < due) requests.push(serve());
    await sleep(1);
  }
  return Promise.all(requests);
}

function outOfInstances(): never {
  throw new Error('This machine is too slow or too busy for this rate: twice as many instances were not enough.');
}

function describe(requests: Request[]): string {
  const percent = (second: number) => {
    const those = requests.filter((request) => request.second === second);
    return `${((100 * those.filter(({ failed }) => failed).length) / (those.length || 1)).toFixed(0)}%`.padStart(5);
  };
  const cold = requests.filter(({ isCold }) => isCold);
  const p99 = quantile(
    cold.map(({ ms }) => ms),
    0.99,
  );
  const bySecond = Array.from({ length: seconds }, (_, second) => percent(second)).join('');
  return `${String(cold.length).padStart(6)} cold, keys read in ${p99.toFixed(0).padStart(5)} ms (p99), 503 by second:${bySecond}`;
}

const key = await makePrivateKey();
const token = await new SignJWT({ sid: 's' })
  .setProtectedHeader({ alg: algorithm, typ: headerType.access, kid: key.kid })
  .setIssuer(issuer)
  .setAudience(audience)
  .setSubject('u')
  .setExpirationTime('1h')
  .sign(await importJWK(key, algorithm));
const item = { pk: 'PUBLIC_KEYS', sk: key.kid, jwk: publicPart(key) };
const store = await startServer('key-store.ts', [JSON.stringify([item])]);
process.env.AWS_ENDPOINT_URL_DYNAMODB = store.url;
for (const [name, readsPerSecond] of Object.entries(stores)) {
  console.log(name);
  for (const rate of rates) {
    await fetch(`${store.url}/${readsPerSecond}`);
    console.log(`${String(rate).padStart(6)} requests/s: ${describe(await run(rate, token))}`);
  }
}
await store.stop();
