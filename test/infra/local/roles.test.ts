import { expect, test } from 'vitest';
import { Template } from '../../../infra/local/aws/cloudformation/template.ts';
import { accessKeyOf, Roles } from '../../../infra/local/aws/iam/roles.ts';

const queueArn = 'arn:aws:sqs:local:000000000000:queue/Queue';
const reading = { Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: queueArn };

/** The functions of a template with one, whose role has these statements of its own and those of a policy beside it. */
function functionsOf(own: object[], beside: object[]) {
  const resources = {
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Description: 'reader',
        Code: { S3Key: 'hash.zip' },
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      },
    },
    Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: own } }] } },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: beside } },
    },
    Another: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        Roles: [{ Ref: 'OtherRole' }],
        PolicyDocument: { Statement: [{ ...reading, Action: 'sqs:PurgeQueue' }] },
      },
    },
  };
  return new Template({ Resources: resources }, '').functions();
}

test('a role is allowed what its own policies grant and those beside it, and all of it has to be used', () => {
  const functions = functionsOf([{ ...reading, Action: ['sqs:DeleteMessage'] }], [reading]);
  const roles = new Roles(functions);
  const authorization = `AWS4-HMAC-SHA256 Credential=${functions.map(accessKeyOf)}/x`;
  const refusal = (action: string) => roles.refusal(authorization, [{ action, resource: queueArn }]);
  expect(roles.unused()).toEqual([`reader sqs:DeleteMessage ${queueArn}`, `reader sqs:ReceiveMessage ${queueArn}`]);
  expect(refusal('sqs:ReceiveMessage')).toBeUndefined();
  expect(refusal('sqs:PurgeQueue')).toMatch(/^User: reader is not authorized to perform: sqs:PurgeQueue/);
  expect(roles.unused()).toEqual([`reader sqs:DeleteMessage ${queueArn}`]);
});

test.each([
  ['refuses', { ...reading, Effect: 'Deny' }],
  ['has a condition', { ...reading, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
  ['names what it is not about', { Effect: 'Allow', NotAction: 'sqs:PurgeQueue', Resource: queueArn }],
])('a statement that %s is not taken for leave', (_what, statement) => {
  expect(() => functionsOf([], [statement])).toThrow(/knows only statements of "Effect": "Allow"/);
});
