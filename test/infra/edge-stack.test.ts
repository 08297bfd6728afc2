import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { EdgeStack, needsEdgeStack } from '../../infra/edge-stack.ts';
import { readConfig } from '../../infra/read-config.ts';
import { chosen } from '../support/stacks.ts';

/** The stack of the certificate and the firewall. */

const certificateArn = 'arn:aws:acm:us-east-1:111111111111:certificate/c';
const webAclArn = 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/w/1';
const domain = { name: 'chat.example.com', zone: { id: 'Z1', name: 'example.com' } };

function make(prod: object) {
  const app = new App({ context: chosen(prod), analyticsReporting: false });
  const config = readConfig(app);
  expect(needsEdgeStack(config)).toBe(true);
  const stack = new EdgeStack(app, 'edge', config);
  return { stack, outputs: Object.keys(Template.fromStack(stack).findOutputs('*')) };
}

test('keeps its certificate and firewall while they are in use', () => {
  expect(make({ domain: { ...domain, certificateArn } }).outputs).toEqual(['CertificateArn']);
  expect(make({ waf: { webAclArn } }).outputs).toEqual(['WebAclArn']);
});

test('creates no certificate if the operator has one', () => {
  const own = { ...domain, certificateArn, ownCertificate: true };
  expect(make({ domain: own, waf: {} }).outputs).toEqual(['WebAclArn']);
});

test.each([
  ['CertificateArn', { domain }, { domain: { ...domain, certificateArn } }],
  ['WebAclArn', { waf: {} }, { waf: { webAclArn } }],
])('warns about its output %s until it is in the settings', (output, without, withIt) => {
  const reminder = Match.stringLikeRegexp(`Put the output ${output} into`);
  Annotations.fromStack(make(without).stack).hasWarning('*', reminder);
  Annotations.fromStack(make(withIt).stack).hasNoWarning('*', reminder);
});

test.each([
  ['the domain', { domain: { ...domain, certificateArn }, healthCheck: {} }, 'chat.example.com'],
  ['a host', { healthCheck: { host: 'd111111abcdef8.cloudfront.net' } }, 'd111111abcdef8.cloudfront.net'],
  ['API Gateway, without CloudFront', { edge: false, healthCheck: { host: 'a.example.com' } }, 'a.example.com'],
])('checks %s from outside and sends an email when it does not answer', (_what, settings, host) => {
  const { stack, outputs } = make({ alarmEmail: 'operator@example.com', ...settings });
  expect(outputs).toContain('HealthTopicArn');
  const template = Template.fromStack(stack);
  const [check] = Object.keys(template.findResources('AWS::Route53::HealthCheck'));
  const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
  template.hasResourceProperties('AWS::Route53::HealthCheck', {
    HealthCheckConfig: {
      Type: 'HTTPS',
      FullyQualifiedDomainName: host,
      ResourcePath: '/health',
      Regions: ['ap-southeast-1', 'eu-west-1', 'us-east-1'],
    },
  });
  // The topic accepts alarms whose names start with the stack's.
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'edge-unreachable',
    MetricName: 'HealthCheckStatus',
    Dimensions: [{ Name: 'HealthCheckId', Value: { 'Fn::GetAtt': [check, 'HealthCheckId'] } }],
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    AlarmActions: [{ Ref: topic }],
    OKActions: [{ Ref: topic }],
  });
  template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'operator@example.com' });
});

test('checks nothing from outside by default', () => {
  Template.fromStack(make({ waf: {} }).stack).resourceCountIs('AWS::Route53::HealthCheck', 0);
});

test('an update keeps the certificate, the firewall and the topic', () => {
  const alarmEmail = 'operator@example.com';
  const before = Template.fromStack(make({ domain, waf: {}, healthCheck: {} }).stack).toJSON().Resources;
  const settings = { domain: { ...domain, certificateArn }, waf: { webAclArn, requestsPerAddress: 10 }, alarmEmail };
  const after = Template.fromStack(make({ ...settings, healthCheck: { host: 'a.example.com' } }).stack).toJSON()
    .Resources;
  // The settings contain their ARNs, and people subscribe to the topic by hand.
  for (const id of ['Certificate4E7ABB08', 'Firewall', 'HealthCheckTopicC2C81137']) {
    expect(Object.keys(before)).toContain(id);
    expect(Object.keys(after)).toContain(id);
  }
  expect(after.Certificate4E7ABB08).toEqual(before.Certificate4E7ABB08);
  for (const property of ['Name', 'Scope']) {
    expect(after.Firewall.Properties[property]).toEqual(before.Firewall.Properties[property]);
  }
});
