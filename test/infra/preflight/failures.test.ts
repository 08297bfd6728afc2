import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { settings } from '../../../infra/config.ts';
import { regionOfCdk } from '../../../infra/preflight/aws.ts';
import { exitCodeOf, linesOf, summaryOf } from '../../../infra/preflight/report.ts';
import { runChecks } from '../../../infra/preflight/run.ts';
import { Target } from '../../../infra/preflight/target.ts';
import { StandIn } from './stand-in.ts';
import { changed, region } from './world.ts';

/** What keeps every check from asking, and where it would ask. */

const standIn = new StandIn();
const folder = mkdtempSync(join(tmpdir(), 'preflight-'));
const configFile = join(folder, 'config');
beforeAll(async () => {
  await standIn.start();
  writeFileSync(configFile, '[default]\nregion = eu-north-1\n[profile other]\nregion = eu-west-3\n[profile bare]\n');
});
beforeEach(() => {
  standIn.world = changed().world;
  standIn.asked = [];
  standIn.refusals = {};
  vi.stubEnv('AWS_ENDPOINT_URL', standIn.url);
  vi.stubEnv('AWS_CONFIG_FILE', configFile);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'none'));
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(() => {
  standIn.close();
  rmSync(folder, { recursive: true });
});

const run = () =>
  runChecks(new Target({ stage: 'prod', ...settings.parse(changed().settings) }, region, standIn.google));

test.each([
  ['ExpiredToken', 'credentials_expired'],
  ['InvalidClientTokenId', 'credentials_refused'],
  ['Throttling', 'throttled'],
  ['InternalFailure', 'request_failed'],
])('after %s says once what to do, and asks nothing else', async (error, code) => {
  standIn.refusals = { '*': error };
  const results = await run();
  expect(results[0]?.finding).toMatchObject({ status: 'unknown', code });
  expect(results.slice(1).map(({ finding }) => finding)).toEqual(
    results.slice(1).map(() => expect.objectContaining({ status: 'unknown', code: 'not_asked' })),
  );
  expect(new Set(standIn.asked)).toEqual(new Set(['sts:GetCallerIdentity']));
  expect(linesOf(results)).toHaveLength(1);
  expect(summaryOf(results)).toBe('18 could not be checked');
  expect(exitCodeOf(results)).toBe(2);
});

test('without credentials says so', async () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) vi.stubEnv(name, '');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  const [account] = await run();
  expect(account?.finding).toMatchObject({ status: 'unknown', code: 'no_credentials' });
  expect(standIn.asked).toEqual([]);
});

test('without a network says so', async () => {
  // Nothing listens there.
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
  const [account] = await run();
  expect(account?.finding).toMatchObject({ status: 'unknown', code: 'no_answer' });
});

test('while Google is busy, its checks say so and the others are done', async () => {
  standIn.refusals = { google: 'busy' };
  const results = await run();
  const rest = results.filter(({ finding }) => finding.status !== 'ok');
  expect(rest.map(({ check, finding }) => ({ name: check.name, ...finding }))).toMatchObject([
    { name: 'google-client', status: 'unknown', code: 'throttled' },
    { name: 'push', status: 'unknown', code: 'throttled' },
  ]);
  expect(exitCodeOf(results)).toBe(2);
});

test.each([
  [{ AWS_REGION: 'a', AMAZON_REGION: 'b', AWS_DEFAULT_REGION: 'c', AWS_PROFILE: 'other' }, 'a'],
  [{ AMAZON_REGION: 'b', AWS_DEFAULT_REGION: 'c' }, 'b'],
  [{ AWS_DEFAULT_REGION: 'c', AWS_PROFILE: 'other' }, 'c'],
  [{ AWS_PROFILE: 'other' }, 'eu-west-3'],
  [{ AWS_DEFAULT_PROFILE: 'other' }, 'eu-west-3'],
  [{}, 'eu-north-1'],
  [{ AWS_PROFILE: 'bare' }, 'us-east-1'],
])('with %j takes the region that CDK takes: %s', async (env, expected) => {
  for (const name of ['AWS_REGION', 'AMAZON_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE'])
    vi.stubEnv(name, Reflect.get(env, name));
  expect(await regionOfCdk()).toBe(expected);
});
