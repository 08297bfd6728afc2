import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { Resources } from '../../../../../infra/local/aws/cloudformation/resources.ts';

const thing = z.object({ Value: z.string() });

/** The value of a resource, and what the value may refer to. */
const evaluated = (Value: unknown) => {
  const template = {
    Thing: { Type: 'A::Thing', Properties: { Value } },
    Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: {} },
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    Edge: { Type: 'AWS::CloudFront::Distribution', Properties: {} },
    Access: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: {} },
  };
  return new Resources({ Resources: template }).propertiesOf('Thing', thing).Value;
};

/** `{Name}` stands for a placeholder of `Fn::Sub`. */
const sub = (text: string) => text.replaceAll('{', '${');

test.each([
  [{ Ref: 'Table' }, 'Table'],
  [{ Ref: 'AWS::Region' }, 'local'],
  [{ Ref: 'AWS::StackId' }, 'arn:aws:cloudformation:local:000000000000:stack/local/0'],
  [{ 'Fn::Sub': sub('{Table} in {AWS::Region}') }, 'Table in local'],
  [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:local:000000000000:table/Table'],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:local:000000000000:queue/Queue'],
  [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::Bucket'],
  [{ 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] }, 'Bucket.s3.local.amazonaws.com'],
  [{ 'Fn::GetAtt': ['Edge', 'DomainName'] }, 'Edge.cloudfront.net'],
  [{ 'Fn::GetAtt': ['Access', 'Id'] }, 'Access'],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'Queue' }]] }, 'a-Queue'],
])('evaluates %j', (value, expected) => {
  expect(evaluated(value)).toBe(expected);
});

test.each([
  [{ 'Fn::Select': [0, ['a', 'b']] }, /can't evaluate {"Fn::Select":/],
  [{ 'Fn::GetAtt': ['Queue', 'QueueName'] }, /can't evaluate {"Fn::GetAtt":\["Queue","QueueName"\]}/],
  [{ 'Fn::GetAtt': ['Table', 'StreamArn'] }, /can't evaluate {"Fn::GetAtt":/],
  [{ 'Fn::GetAtt': ['Table', 'DomainName'] }, /can't evaluate {"Fn::GetAtt":/],
  [{ 'Fn::GetAtt': ['Queue', 'Id'] }, /can't evaluate {"Fn::GetAtt":/],
  [{ 'Fn::GetAtt': ['Gone', 'Arn'] }, /refers to "Gone"/],
  [{ 'Fn::Join': ['-', [1]] }, /can't evaluate {"Fn::Join":/],
  [{ 'Fn::Sub': sub('{Queue.QueueName}') }, /refers to "Queue.QueueName"/],
  [{ 'Fn::Sub': [sub('{a}'), { a: 'b' }] }, /can't evaluate {"Fn::Sub":/],
  [{ Ref: 'AWS::StackName' }, /refers to "AWS::StackName"/],
  [7, /can't read the A::Thing Thing:[\s\S]*Value/],
])('throws on %j instead of guessing', (value, message) => {
  expect(() => evaluated(value)).toThrow(message);
});
