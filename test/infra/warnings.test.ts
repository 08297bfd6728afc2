import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { afterEach, expect, test, vi } from 'vitest';
import { readConfig } from '../../infra/read-config.ts';
import { warn } from '../../infra/warnings.ts';
import { chosen, makeStack } from '../support/stacks.ts';

afterEach(() => void vi.unstubAllEnvs());

const alarmEmail = 'operator@example.com';

/** The warnings about these settings. Without a region the stack leaves it open, as ours does. */
function warningsOf(prod: object, region?: string): string[] {
  const app = new App({ context: chosen({ alarmEmail, ...prod }), analyticsReporting: false });
  const stack = new Stack(app, 'stack', region === undefined ? {} : { env: { region } });
  warn(stack, readConfig(app));
  const found = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
  return found.map(({ entry }) => String(entry.data));
}

test('a stage that keeps data is warned about until somebody is told of its alarms', () => {
  const reminder = Match.stringLikeRegexp('Set "alarmEmail"');
  Annotations.fromStack(makeStack()).hasWarning('*', reminder);
  Annotations.fromStack(makeStack(chosen({ alarmEmail }))).hasNoWarning('*', reminder);
  Annotations.fromStack(makeStack(chosen({ keepData: false }))).hasNoWarning('*', reminder);
});

test.each(['eu-south-1', 'ap-southeast-3', 'mx-central-1'])('the smaller quota of %s is warned about', (region) => {
  const [warning = '', ...others] = warningsOf({}, region);
  expect(others).toEqual([]);
  expect(warning).toContain(`In ${region} API Gateway accepts 2,500 requests per second`);
  const [, throttle = '', pages = ''] = /Set "throttle": (\{.*\}) and "parallelPages": (\d+)\./.exec(warning) ?? [];
  const advised = { throttle: JSON.parse(throttle), parallelPages: Number(pages) };
  expect(warningsOf(advised, region)).toEqual([]);
  for (const exceeded of [{ parallelPages: 2 }, { throttle: { ...advised.throttle, burstLimit: 1250 } }])
    expect(warningsOf({ ...advised, ...exceeded }, region)).toHaveLength(1);
});

test('other regions, and one that is not known yet, have no warning', () => {
  vi.stubEnv('CDK_DEFAULT_REGION', undefined);
  for (const region of ['eu-central-1', 'us-east-1', undefined]) expect(warningsOf({}, region)).toEqual([]);
});

test('the region is known from the profile that CDK deploys with', () => {
  vi.stubEnv('CDK_DEFAULT_REGION', 'eu-south-2');
  expect(warningsOf({})).toHaveLength(1);
  vi.stubEnv('CDK_DEFAULT_REGION', 'eu-west-1');
  expect(warningsOf({})).toEqual([]);
});
