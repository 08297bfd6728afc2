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
