import { App, Stack } from 'aws-cdk-lib';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { settings as settingsSchema } from '../../../infra/config.ts';
import type { Check } from '../../../infra/preflight/check.ts';
import { minBootstrapVersion } from '../../../infra/preflight/checks/bootstrap.ts';
import { checks } from '../../../infra/preflight/checks/index.ts';
import { exitCodeOf } from '../../../infra/preflight/report.ts';
import { runCheck, runChecks } from '../../../infra/preflight/run.ts';
import { Target } from '../../../infra/preflight/target.ts';
import { faults } from './faults/index.ts';
import { StandIn } from './stand-in.ts';
import {
  both,
  but,
  type Change,
  changed,
  edgeStackIn,
  fromAnyNumber,
  fromPhoneNumber,
  fromSenderId,
  mainStackIn,
  phoneNumber,
  region,
  undeployed,
} from './world.ts';

const standIn = new StandIn();
beforeAll(async () => {
  await standIn.start();
  vi.stubEnv('AWS_ENDPOINT_URL', standIn.url);
});
afterEach(() => {
  standIn.refusals = {};
});
afterAll(() => standIn.close());

/** A stage in an account with this change. */
function target(change = but({}), at = region): Target {
  const { world, settings } = changed(change);
  standIn.world = world;
  standIn.asked = [];
  return new Target({ stage: 'prod', ...settingsSchema.parse(settings) }, at, standIn.google);
}

const findingsOf = async (subject: Target) =>
  (await runChecks(subject)).map(({ check, finding }) => ({ name: check.name, ...finding }));
const named = (name: string): Check => {
  const check = checks.find((one) => one.name === name);
  if (!check) throw new Error(`There is no check ${name}.`);
  return check;
};

test('finds nothing to do where everything is as it should be', async () => {
  const findings = await findingsOf(target());
  expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(findings).toHaveLength(checks.length);
});

test('finds nothing to do before the first deployment but what needs the stack', async () => {
  const findings = await findingsOf(target(undeployed));
  const rest = findings.filter(({ status }) => status !== 'ok');
  expect(rest).toMatchObject([
    { name: 'cloudfront', code: 'cloudfront_unproven' },
    { name: 'google-client', status: 'unused' },
    { name: 'push', status: 'unused' },
  ]);
});

test('checks only what a stage with the default settings uses', async () => {
  const plain = { stage: 'prod', ...settingsSchema.parse({}) };
  target();
  const findings = await findingsOf(new Target(plain, region, standIn.google));
  const unused = findings.filter(({ status }) => status === 'unused').map(({ name }) => name);
  expect(unused).toEqual(['edge-bootstrap', 'edge-stack', 'hosted-zone', 'certificate', 'push']);
});

test.each<[string, string, Change]>([
  ['a phone number', 'sms-sender', fromPhoneNumber],
  [
    'a phone number that sends abroad',
    'sms-countries',
    but(
      { sms: { phoneNumbers: [{ ...phoneNumber, InternationalSendingEnabled: true }] } },
      { textMessages: { origin: phoneNumber.PhoneNumberArn } },
    ),
  ],
  [
    'a pool with shared routes',
    'sms-countries',
    but({ sms: { poolCountries: [], pool: { SharedRoutesEnabled: true } } }),
  ],
  ['a sender ID', 'sms-countries', fromSenderId],
  ["one of the account's phone numbers", 'sms-countries', fromAnyNumber],
  [
    'the concurrency that the stack has reserved itself',
    'lambda-concurrency',
    but({ concurrency: { ConcurrentExecutions: 250, UnreservedConcurrentExecutions: 105 } }),
  ],
])('accepts %s', async (_, name, change) => {
  expect(await runCheck(named(name), target(change))).toMatchObject({ status: 'ok' });
});

test('needs no CloudFront, no text messages and no reserved concurrency if the stage has none', async () => {
  const without = both(
    undeployed,
    but(
      { concurrency: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 } },
      { edge: false, domain: undefined, textMessages: { monthlyCap: 0 }, concurrency: false },
    ),
  );
  const findings = await findingsOf(target(without));
  const unused = findings.filter(({ status }) => status === 'unused').map(({ name }) => name);
  expect(unused).toEqual(expect.arrayContaining(['cloudfront', 'sms-account', 'sms-sender', 'sms-countries']));
  expect(findings.find(({ name }) => name === 'lambda-concurrency')).toMatchObject({ status: 'ok' });
});

test('a check that does not understand an answer leaves the others alone', async () => {
  const yaml = but({ stacks: { [`${region}/chat-prod`]: { resources: ['- no resource'] } } });
  const findings = await findingsOf(target(yaml));
  const rest = findings.filter(({ status }) => status !== 'ok');
  expect(rest).toMatchObject([
    { name: 'lambda-concurrency', code: 'check_failed' },
    { name: 'hosted-zone', code: 'check_failed' },
  ]);
});

test('of a failed stack tells the first error, which is the cause', async () => {
  const failed = mainStackIn('ROLLBACK_COMPLETE', 'The cause', 'A consequence');
  const { text } = await runCheck(named('stack'), target(failed));
  expect(text).toContain('"The cause"');
});

describe('a fault', () => {
  test.each(faults)('%s: %s, when %s', async (name, code, _, change) => {
    const check = named(name);
    expect(await runCheck(check, target(change))).toMatchObject({ code });
    expect(check.actions).toEqual(expect.arrayContaining(standIn.asked));
  });

  test('account: region_not_supported, when the region is in China', async () => {
    const results = await runChecks(target(undefined, 'cn-north-1'));
    expect(results[0]?.finding).toMatchObject({ status: 'todo', code: 'region_not_supported' });
    expect(standIn.asked).toEqual([]);
    expect(exitCodeOf(results)).toBe(1);
  });

  test('is seeded for each code of each check', () => {
    const seeded = [...faults.map(([name, code]) => `${name} ${code}`), 'account region_not_supported'];
    const known = checks.flatMap(({ name, codes }) => codes.map((code) => `${name} ${code}`));
    expect([...new Set(seeded)].sort()).toEqual(known.sort());
    expect(checks.filter(({ codes }) => codes.length === 0)).toEqual([]);
  });
});

describe('permissions', () => {
  const failed = both(mainStackIn('ROLLBACK_COMPLETE'), edgeStackIn('ROLLBACK_COMPLETE'));
  /** Together they make the checks ask for everything. */
  const changes: Change[] = [but({}), undeployed, failed, fromPhoneNumber, fromSenderId];
  const needed = checks.flatMap((check) => check.actions.map((action) => [check.name, action] as const));

  test.each(needed)('%s says so if %s is not allowed', async (name, action) => {
    for (const change of changes) {
      await runCheck(named(name), target(change));
      if (!standIn.asked.includes(action)) continue;
      standIn.refusals = { [action]: 'AccessDeniedException' };
      const finding = await runCheck(named(name), target(change));
      expect(finding).toMatchObject({
        status: 'unknown',
        code: 'access_denied',
        text: expect.stringContaining(action),
      });
      return;
    }
    expect.unreachable(`${name} never needs ${action}`);
  });
});

test('asks for the bootstrap that CDK asks for', () => {
  // CDK's own validation takes two seconds.
  vi.stubEnv('CDK_VALIDATION', 'false');
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'empty');
  expect(app.synth().getStackByName(stack.stackName).requiresBootstrapStackVersion).toBe(minBootstrapVersion);
});
