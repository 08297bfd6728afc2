import { afterEach, expect, test, vi } from 'vitest';
import { sign } from '#shared/platform/aws/sign.ts';
import type { FunctionConfig } from '../../../../../infra/local/aws/cloudformation/functions.ts';
import { Template } from '../../../../../infra/local/aws/cloudformation/template.ts';
import { Roles } from '../../../../../infra/local/aws/iam/roles.ts';

afterEach(() => void vi.unstubAllEnvs());

const queueArn = 'arn:aws:sqs:local:000000000000:queue/Queue';
const reading = { Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: queueArn };

/** The only function of a template, whose role has these inline statements and those of an attached policy. */
function functionsOf(inline: object[], attached: object[]) {
  const resources = {
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Description: 'reader',
        Code: { S3Key: 'hash.zip' },
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Timeout: 1,
        MemorySize: 128,
      },
    },
    Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: inline } }] } },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: attached } },
    },
    OtherRole: { Type: 'AWS::IAM::Role', Properties: {} },
    OtherPolicy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        Roles: [{ Ref: 'OtherRole' }],
        PolicyDocument: { Statement: [{ ...reading, Action: 'sqs:PurgeQueue' }] },
      },
    },
  };
  return new Template({ Resources: resources }, '').functions();
}

test('a role has the grants of its inline and attached policies, and unused ones are reported', () => {
  const functions = functionsOf([{ ...reading, Action: ['sqs:DeleteMessage'] }], [reading]);
  const roles = new Roles(functions);
  const [reader] = functions as [FunctionConfig];
  const { accessKeyId, secretAccessKey } = roles.credentialsOf(reader);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  const request = { method: 'POST', path: '/', headers: { host: 'h' } };
  const headers = sign({ ...request, service: 'sqs' }, new Date());
  const signed = { method: 'POST', url: '/', headers, body: Buffer.alloc(0) };
  const refusal = (action: string) => roles.refusal(signed, [{ action, resource: queueArn }]);
  expect(roles.unused()).toEqual([`reader sqs:DeleteMessage ${queueArn}`, `reader sqs:ReceiveMessage ${queueArn}`]);
  expect(refusal('sqs:ReceiveMessage')).toBeUndefined();
  expect(refusal('sqs:PurgeQueue')).toMatch(/^User: reader is not authorized to perform: sqs:PurgeQueue/);
  expect(roles.unused()).toEqual([`reader sqs:DeleteMessage ${queueArn}`]);
});

test('only the queue for its own failed events is used by Lambda alone', () => {
  const resources = ['Pushes', 'DeadLetters'].map((id) => queueArn.replace(/Queue$/, id));
  const [, deadLetters = ''] = resources;
  const statements = [{ actions: ['sqs:SendMessage'], resources }];
  const roles = new Roles([{ id: 'Sender', name: 'sender', statements, deadLetters }]);
  expect(roles.unused()).toEqual([`sender sqs:SendMessage ${resources[0]}`]);
});

test.each([
  ['denies', { ...reading, Effect: 'Deny' }],
  ['has a condition', { ...reading, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
  ['excludes actions', { Effect: 'Allow', NotAction: 'sqs:PurgeQueue', Resource: queueArn }],
])('throws on a statement that %s instead of taking it as a grant', (_what, statement) => {
  expect(() => functionsOf([], [statement])).toThrow(/evaluates only policy statements with "Effect": "Allow"/);
});
