import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import type { Json } from '../support/api-client.ts';
import { chosen, everything, makeStack } from '../support/stacks.ts';
import { keptResources } from './kept-resources.ts';

/** That an update of a deployed stack replaces and deletes nothing that holds data, a URL or a fixed name. */

/**
 * The types of such resources, with the properties for which CloudFormation replaces the resource: `createOnlyProperties`
 * and `conditionalCreateOnlyProperties` in the schemas of its resource types.
 */
const createOnly: Record<string, string[]> = {
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
  'AWS::ApiGatewayV2::Stage': ['ApiId', 'StageName'],
  'AWS::CloudFront::Distribution': [],
  'AWS::CloudFront::Function': ['Name'],
  'AWS::CloudWatch::Alarm': ['AlarmName'],
  'AWS::CloudWatch::Dashboard': ['DashboardName'],
  'AWS::DynamoDB::GlobalTable': ['GlobalTableSourceArn', 'KeySchema', 'LocalSecondaryIndexes', 'TableName'],
  'AWS::KMS::Key': [],
  'AWS::Lambda::Function': ['FunctionName', 'PackageType', 'TenancyConfig', 'DurableConfig'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::S3::Bucket': ['BucketName', 'BucketNamePrefix', 'BucketNamespace'],
  'AWS::SNS::Topic': ['FifoTopic', 'TopicName'],
  'AWS::SQS::Queue': ['FifoQueue', 'QueueName'],
  'AWS::SecretsManager::Secret': ['Name'],
};

type Resources = Record<string, Json>;

const synthesize = (settings: object = {}): { Resources: Resources } =>
  Template.fromStack(makeStack(chosen(settings))).toJSON() as { Resources: Resources };

const template = synthesize();
const base = template.Resources;

/** What an update would delete or replace, as "Id (type): reason". */
function lost(before: Resources, after: Resources): string[] {
  return Object.entries(before)
    .filter(([, { Type }]) => createOnly[Type])
    .flatMap(([id, { Type, Properties }]) => {
      const next = after[id];
      if (!next) return [`${id} (${Type}): deleted`];
      if (next.Type !== Type) return [`${id} (${Type}): replaced by a ${next.Type}`];
      return createOnly[Type]
        ?.filter((name) => JSON.stringify(Properties?.[name]) !== JSON.stringify(next.Properties?.[name]))
        .map((name) => `${id} (${Type}): replaced, because ${name} is different`);
    })
    .filter((loss) => loss !== undefined);
}

/** Compares both ways, because a setting can be removed too. */
const lostBetween = (one: Resources, other: Resources) => [...lost(one, other), ...lost(other, one)];

// A health check belongs to the other stack.
const { keyVersion, edge, healthCheck, push, ...harmless } = everything;

describe('a changed setting replaces and deletes nothing:', () => {
  test.each(Object.entries(harmless))('%s', (name, value) => {
    const changed = synthesize({ [name]: value });
    expect(changed).not.toEqual(template);
    expect(lostBetween(base, changed.Resources)).toEqual([]);
  });

  test('all of them together', () => {
    expect(lostBetween(base, synthesize(harmless).Resources)).toEqual([]);
  });
});

describe('these settings delete something on purpose:', () => {
  test('push, its queues, its function and its alarms', () => {
    const deleted = lost(synthesize({ push }).Resources, base);
    expect(deleted).toHaveLength(7);
    for (const loss of deleted) expect(loss).toMatch(/^(Push|push|WatchAlarms\w*push)\w* \(.*\): deleted$/);
    expect(lost(base, synthesize({ push }).Resources)).toEqual([]);
  });

  test('files, the bucket, its queues, its functions, its alarms and the keys of its URLs', () => {
    expect(lost(base, synthesize({ files: false }).Resources).sort()).toEqual([
      'FilesAtEdgeViewerRequest513CDB40 (AWS::CloudFront::Function): deleted',
      'FilesBucket7C17EE2E (AWS::S3::Bucket): deleted',
      'FilesDeadLetters309A4A8B (AWS::SQS::Queue): deleted',
      'FilesQueueA4BC72F9 (AWS::SQS::Queue): deleted',
      'KeysFilesKey15094780D (AWS::SecretsManager::Secret): deleted',
      expect.stringMatching(/^WatchAlarmsfilesdeadletters\w+ \(AWS::CloudWatch::Alarm\): deleted$/),
      expect.stringMatching(/^WatchAlarmsfunctionerrorsfiles\w+ \(AWS::CloudWatch::Alarm\): deleted$/),
      expect.stringMatching(/^deletefilesLambda\w+ \(AWS::Lambda::Function\): deleted$/),
    ]);
  });

  test('keyVersion, the old keys, but not the one of URLs that clients have', () => {
    expect(lost(base, synthesize({ keyVersion }).Resources)).toEqual([
      'KeysCodeKey1D1F5510B (AWS::SecretsManager::Secret): deleted',
      'KeysEdgeKey19A5DB729 (AWS::SecretsManager::Secret): deleted',
    ]);
  });

  test('edge, the host name of CloudFront', () => {
    expect(lost(synthesize({ files: false }).Resources, synthesize({ edge: !edge }).Resources).sort()).toEqual([
      'EdgeDistribution0060737B (AWS::CloudFront::Distribution): deleted',
      'EdgeViewerRequest3FB6D975 (AWS::CloudFront::Function): deleted',
      'KeysEdgeKey19A5DB729 (AWS::SecretsManager::Secret): deleted',
    ]);
  });
});

describe('a change of the code replaces and deletes nothing:', () => {
  test.each(Object.entries(keptResources))(
    '%s keeps its id and what CloudFormation cannot change',
    (id, { loss, fixed }) => {
      const ids = Object.keys(base);
      const message = `The template has no ${id}, so an update of a deployed stack loses ${loss}. A logical id comes from the ids of the construct and of those around it: give them back their ids.`;
      expect(ids, message).toContain(id);
      const { Type, Properties = {} } = base[id];
      const found = Object.entries(Properties).filter(([name]) => createOnly[Type]?.includes(name));
      expect(Object.fromEntries(found), `CloudFormation would replace it, so an update loses ${loss}`).toEqual(fixed);
    },
  );
});

test('the list of what is kept is complete', () => {
  const stateless = ['AWS::CloudFront::Function', 'AWS::CloudWatch::Alarm'];
  const kept = Object.entries(base)
    .filter(([, { Type, Properties }]) =>
      Type === 'AWS::Lambda::Function' ? Properties.FunctionName : createOnly[Type] && !stateless.includes(Type),
    )
    .map(([id]) => id);
  expect(kept.sort()).toEqual(Object.keys(keptResources).sort());
});

test('an alarm keeps its logical id, because its name would be taken', () => {
  for (const [id, { Type, Properties }] of Object.entries(base)) {
    if (Type !== 'AWS::CloudWatch::Alarm') continue;
    const name: string = Properties.AlarmName.replace('chat-test-', '').replaceAll('-', '');
    expect(id.slice(0, -8)).toBe(`WatchAlarms${name}`);
  }
});

test('no resource of another type has a fixed name', () => {
  const named = Object.entries(base).filter(
    ([, { Type, Properties = {} }]) =>
      !createOnly[Type] &&
      Object.entries(Properties).some(
        ([property, value]) => /Name$/.test(property) && JSON.stringify(value).includes('chat-test'),
      ),
  );
  expect(named.map(([id, { Type }]) => `${id} (${Type})`)).toEqual([]);
});
