import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { metricNames, timeMetricNames } from '#shared/contract/metrics.ts';
import type { Json } from '../support/api-client.ts';
import { chosen, makeStack } from '../support/stacks.ts';

const synthesize = (prod: object = {}): Template => Template.fromStack(makeStack(chosen(prod)));

let template: Template;

beforeAll(() => {
  template = synthesize({ push: true });
});

/** A dashboard's body, with every resource by its logical id. */
function bodyOf(of: Template): { widgets: Json[] } {
  const [{ Properties }] = Object.values<Json>(of.findResources('AWS::CloudWatch::Dashboard')) as [Json];
  const text = (value: Json): string =>
    value['Fn::Join']?.[1].map(text).join('') ?? value.Ref ?? value['Fn::GetAtt']?.[0] ?? value;
  return JSON.parse(text(Properties.DashboardBody));
}

describe('the dashboard', () => {
  test('has the name of the stack and of its region', () => {
    template.hasResourceProperties('AWS::CloudWatch::Dashboard', {
      DashboardName: { 'Fn::Join': ['', ['chat-test-', { Ref: 'AWS::Region' }]] },
    });
  });

  test('adds up the cost of CloudFront only where it is', () => {
    const labels = (of: Template) =>
      bodyOf(of)
        .widgets.find(({ properties: { title } }) => title === 'Dollars an hour')
        ?.properties.metrics.flatMap(([{ label, visible }]: Json) => (label && visible !== false ? label : []));
    const withoutEdge = labels(synthesize({ edge: false }));
    expect(withoutEdge).toEqual(['sockets', 'REST', 'Lambda', 'DynamoDB', 'logs']);
    expect(labels(synthesize({ files: false }))).toEqual(['CloudFront', ...withoutEdge]);
    expect(labels(synthesize())).toEqual(['CloudFront', ...withoutEdge, 'SQS']);
  });

  test('adds up the cost of the queues that there are', () => {
    const cost = ({ widgets }: { widgets: Json[] }) =>
      widgets.find(({ properties: { title } }) => title === 'Dollars an hour')?.properties.metrics;
    const queuesIn = (of: Template) =>
      cost(bodyOf(of))
        .filter(([namespace]: Json) => namespace === 'AWS/SQS')
        .map(([, , , id]: Json) => id);
    const [push, files] = ['PushQueue', 'FilesQueue'].map((name) => expect.stringContaining(name));
    expect(queuesIn(template)).toEqual([push, files]);
    expect(queuesIn(synthesize())).toEqual([files]);
    expect(queuesIn(synthesize({ push: true, files: false }))).toEqual([push]);
  });

  test('shows how many files there are, which S3 counts once a day', () => {
    const sizes = bodyOf(template)
      .widgets.flatMap(({ properties }) => properties.metrics ?? [])
      .filter(([namespace]: Json) => namespace === 'AWS/S3');
    const [bucket] = Object.keys(template.findResources('AWS::S3::Bucket'));
    expect(sizes).toEqual([
      ['AWS/S3', 'BucketSizeBytes', 'BucketName', bucket, 'StorageType', 'StandardStorage', { period: 86_400 }],
      ['AWS/S3', 'NumberOfObjects', 'BucketName', bucket, 'StorageType', 'AllStorageTypes', { period: 86_400 }],
    ]);
  });

  test('asks three questions and shows every alarm', () => {
    const { widgets } = bodyOf(template);
    const headers = widgets.filter(({ type }) => type === 'text').map(({ properties }) => properties.markdown);
    expect(headers).toEqual([
      expect.stringMatching(/is it healthy\?/),
      expect.stringMatching(/Is it fast\?/),
      expect.stringMatching(/What does it cost\?/),
    ]);
    const shown = widgets.find(({ type }) => type === 'alarm')?.properties.alarms;
    expect(shown.sort()).toEqual(Object.keys(template.findResources('AWS::CloudWatch::Alarm')).sort());
  });

  test('shows every metric that the functions count, under its name', () => {
    const shown = bodyOf(template)
      .widgets.flatMap(({ properties }) => properties.metrics ?? [])
      .filter(([namespace]: Json) => namespace === 'chat-test')
      .map(([, name]: Json) => name);
    expect([...new Set(shown)].sort()).toEqual([...metricNames, ...timeMetricNames].sort());
  });

  test('adds up the cost of every function and every log group', () => {
    const lambdas = Object.keys(template.findResources('AWS::Lambda::Function'));
    const { properties } = bodyOf(template).widgets.find(
      ({ properties: { title } }) => title === 'Dollars an hour',
    ) as Json;
    for (const what of ['Duration', 'Invocations']) {
      const added = properties.metrics.filter(([, name]: Json) => name === what).map(([, , , id]: Json) => id);
      expect(added.sort()).toEqual([...lambdas].sort());
    }
    const logged = properties.metrics.filter(([namespace]: Json) => namespace === 'AWS/Logs');
    expect(logged.map(([, , , id]: Json) => id).sort()).toEqual(
      Object.keys(template.findResources('AWS::Logs::LogGroup')).sort(),
    );
    // CloudFront is paid for each request and handshake, and the function at a handshake.
    const [{ expression }] = properties.metrics.flat().filter(({ label }: Json) => label === 'CloudFront');
    expect(expression).toBe('1 * FILL(cloudfront0, 0) / 1000000 + 1.1 * FILL(cloudfront1, 0) / 1000000');
    // CloudWatch may not know 6.25e-7.
    expect(JSON.stringify(properties)).not.toMatch(/\de-\d/);
  });
});
