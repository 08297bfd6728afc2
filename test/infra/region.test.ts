import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkRegion } from '../../infra/region.ts';

test.each(['eu-central-1', 'us-east-1', 'ap-east-2', 'a-region-newer-than-cdk-1'])('accepts %s', (region) => {
  expect(() => checkRegion(region)).not.toThrow();
});

test.each([
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'CloudFront'],
  ['eusc-de-east-1', 'aws-eusc', 'host names'],
])('rejects %s, and says why', (region, partition, reason) => {
  expect(() => checkRegion(region)).toThrow(`The region ${region} is in the partition ${partition}: `);
  expect(() => checkRegion(region)).toThrow(reason);
});

test('synth fails in a region of China before it bundles anything', () => {
  const app = join(import.meta.dirname, '../../infra/app.ts');
  const env = { ...process.env, CDK_DEFAULT_REGION: 'cn-north-1' };
  const { status, stderr } = spawnSync(process.execPath, [app], { env, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^The region cn-north-1 is in the partition aws-cn: /);
});
