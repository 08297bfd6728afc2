import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { metricNames } from '#shared/contract/metrics.ts';
import type { Json } from '../support/api-client.ts';
import { chosen, makeStack } from '../support/stacks.ts';

const synthesize = (prod: object = {}): Template => Template.fromStack(makeStack(chosen(prod)));

let template: Template;
let alarms: Json[];

beforeAll(() => {
  template = synthesize({ push: true });
  alarms = alarmsOf(template);
});

const alarmsOf = (of: Template): Json[] =>
  Object.values<Json>(of.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

const alarm = (name: string, of = alarms): Json => of.find(({ AlarmName }) => AlarmName === `chat-test-${name}`);

/** The metrics behind an alarm, as CloudWatch knows them. */
const metricsOf = ({ Metrics, ...alone }: Json): Json[] =>
  Metrics
    ? Metrics.filter(({ MetricStat }: Json) => MetricStat).map(({ MetricStat }: Json) => MetricStat.Metric)
    : [alone];

describe('every alarm', () => {
  test('notifies the topic when it starts and ends, and ignores missing data', () => {
    const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
    expect(alarms.length).toBeGreaterThan(10);
    for (const { AlarmActions, OKActions, TreatMissingData, AlarmName } of alarms)
      expect({ AlarmActions, OKActions, TreatMissingData }, AlarmName).toEqual({
        AlarmActions: [{ Ref: topic }],
        OKActions: [{ Ref: topic }],
        TreatMissingData: 'notBreaching',
      });
  });

  test('explains itself and has a section in docs/operate.md, and every section has an alarm', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/operate.md'), 'utf8');
    const sections =
      page
        .slice(page.indexOf('## Alarms'))
        .split(/\n## /)[0]
        ?.match(/^### .*$/gm) ?? [];
    const named = alarms.map(
      ({ AlarmDescription }) => /^.{20,}\. See docs\/operate\.md#([a-z-]+)$/.exec(AlarmDescription)?.[1],
    );
    expect([...new Set(named)].sort()).toEqual(sections.map((heading) => heading.slice(4)).sort());
  });

  test('is valid for CloudWatch: at most ten metrics, one result, no other account', () => {
    for (const { Metrics = [], AlarmName } of alarms) {
      const used = Metrics.filter(({ MetricStat }: Json) => MetricStat);
      expect(used.length, AlarmName).toBeLessThanOrEqual(10);
      expect(JSON.stringify(used)).not.toContain('AccountId');
      if (Metrics.length > 0)
        expect(
          Metrics.filter(({ ReturnData }: Json) => ReturnData !== false),
          AlarmName,
        ).toHaveLength(1);
    }
  });

  test('is counted in docs/costs.md, with its metrics and the secrets', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/costs.md'), 'utf8');
    const idle = synthesize();
    const all = alarmsOf(idle);
    expect(page).toContain(`| ${all.length} alarms on ${all.flatMap(metricsOf).length} metrics at $0.10 |`);
    const secrets = Object.keys(idle.findResources('AWS::SecretsManager::Secret'));
    expect(page).toContain(`| ${secrets.length} secrets at $0.40 |`);
  });

  test('counts missing values in expressions as zero', () => {
    const expressions = alarms.flatMap(({ Metrics = [] }) =>
      Metrics.flatMap(({ Expression = [] }: Json) => Expression),
    );
    expect(expressions.length).toBeGreaterThan(5);
    for (const expression of expressions)
      expect(expression.replaceAll(/FILL\(\w+, 0\)/g, ''), expression).not.toMatch(/\b(m\d+|part)\b/);
  });

  test('reads the functions’ own metrics from where they are written', () => {
    const own = alarms.flatMap(metricsOf).filter(({ Namespace }) => !Namespace.startsWith('AWS/'));
    const variables = Object.values<Json>(template.findResources('AWS::Lambda::Function'));
    for (const { Properties } of variables)
      expect(Properties.Environment.Variables.METRICS_NAMESPACE).toBe('chat-test');
    expect(new Set(own.map(({ Namespace }) => Namespace))).toEqual(new Set(['chat-test']));
    expect(metricNames).toEqual(expect.arrayContaining(own.map(({ MetricName }) => MetricName)));
  });
});

describe('an alarm', () => {
  test('evaluates a percentage only with enough samples', () => {
    expect(alarm('rest-errors').Metrics[0].Expression).toMatch(
      /^IF\(FILL\(m0, 0\) >= 20, 100 \* FILL\(part, 0\) \/ .*, 0\)$/,
    );
    expect(metricsOf(alarm('deliveries-given-up')).map(({ MetricName }) => MetricName)).toEqual([
      'DeliveriesGivenUp',
      'DeliveriesGivenUp',
      'Deliveries',
    ]);
  });

  test('covers crashes of every function that is not behind the HTTP API', () => {
    const names = (name: string) => metricsOf(alarm(name)).map(({ Dimensions }) => Dimensions[0].Value.Ref);
    const behindTheApi = JSON.stringify(
      template.findResources('AWS::ApiGatewayV2::Integration', { Properties: { PayloadFormatVersion: '2.0' } }),
    );
    const others = Object.keys(template.findResources('AWS::Lambda::Function')).filter(
      (id) => !behindTheApi.includes(`"${id}"`),
    );
    const crashes = ['', '-push', '-files', '-reports'].map((suffix) => `function-errors${suffix}`);
    const alarming = [...crashes, 'key-rotation'].flatMap(names);
    expect(alarming.sort()).toEqual(others.sort());
  });

  test('covers every operation that a role may perform on a table, transactions as one', () => {
    const allowed = JSON.stringify(template.findResources('AWS::IAM::Role')).matchAll(/"dynamodb:(\w+)"/g);
    const expected = new Set(
      [...allowed].map(([, action]) => (action === 'ConditionCheckItem' ? 'TransactWriteItems' : action)),
    );
    for (const table of ['chat', 'connections']) {
      const watched = metricsOf(alarm(`dynamodb-errors-${table}`)).map(
        ({ Dimensions }) => Dimensions.find(({ Name }: Json) => Name === 'Operation').Value,
      );
      expect(new Set(watched)).toEqual(expected);
    }
  });

  test('on the database watches the restored table while it is in use', () => {
    const set = alarmsOf(synthesize({ restoredTable: 'chat-restored' }));
    const names = metricsOf(alarm('dynamodb-errors-chat', set)).map(
      ({ Dimensions }) => Dimensions.find(({ Name }: Json) => Name === 'TableName').Value,
    );
    expect(new Set(names)).toEqual(new Set(['chat-restored']));
  });

  test('on costs takes its threshold from the settings', () => {
    expect(
      [alarm('codes-sent'), alarm('assistant-tokens')].map(({ Threshold, Period }) => [Threshold, Period]),
    ).toEqual([
      [167, 3600],
      [3_000_000, 86_400],
    ]);
    const set = alarmsOf(synthesize({ textMessages: { monthlyCap: 0 }, assistant: { stackTokens: 99 } }));
    expect([alarm('codes-sent', set), alarm('assistant-tokens', set)].map(({ Threshold }) => Threshold)).toEqual([
      1, 50,
    ]);
  });
});

describe('the topic', () => {
  test('is encrypted by a key that CloudWatch may use for this account, and accepts only alarms of this stack, over TLS', () => {
    const [key] = Object.keys(
      template.findResources('AWS::KMS::Key', { Properties: { Description: Match.stringLikeRegexp('alarms') } }),
    );
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] } });
    const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: cloudWatch,
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Effect: 'Allow',
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Principal: cloudWatch,
            Action: 'sns:Publish',
            Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', Match.arrayWith([':alarm:chat-test-*'])] } } },
          }),
        ],
      },
    });
  });

  test('emails the operator if there is an address', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 0);
    synthesize({ alarmEmail: 'operator@example.com' }).hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'operator@example.com',
    });
  });
});
