import { expect, test } from 'vitest';
import { Template } from '../../../infra/local/aws/cloudformation/template.ts';

/** A template with one parameter of this value, and what the value may refer to. */
const parametersWith = (Value: unknown) => {
  const Resources = {
    Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/name', Value } },
    Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: {} },
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
  };
  return new Template({ Resources }, '').parameters();
};

/** `{Name}` stands for a placeholder of `Fn::Sub`. */
const sub = (text: string) => text.replaceAll('{', '${');

test.each([
  [{ Ref: 'Table' }, 'Table'],
  [{ Ref: 'AWS::Region' }, 'local'],
  [{ 'Fn::Sub': sub('{Table} in {AWS::Region}') }, 'Table in local'],
  [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:local:000000000000:table/Table'],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:local:000000000000:queue/Queue'],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'Queue' }]] }, 'a-Queue'],
])('evaluates %j', (value, expected) => {
  expect(parametersWith(value)).toEqual([{ name: '/name', value: expected }]);
});

test.each([
  [{ 'Fn::Select': [0, ['a', 'b']] }, /can't evaluate {"Fn::Select":/],
  [{ 'Fn::GetAtt': ['Queue', 'QueueName'] }, /can't evaluate {"Fn::GetAtt":\["Queue","QueueName"\]}/],
  [{ 'Fn::GetAtt': ['Table', 'StreamArn'] }, /can't evaluate {"Fn::GetAtt":/],
  [{ 'Fn::GetAtt': ['Gone', 'Arn'] }, /refers to "Gone"/],
  [{ 'Fn::Join': ['-', [1]] }, /can't evaluate {"Fn::Join":/],
  [{ 'Fn::Sub': sub('{Queue.QueueName}') }, /refers to "Queue.QueueName"/],
  [{ 'Fn::Sub': [sub('{a}'), { a: 'b' }] }, /can't evaluate {"Fn::Sub":/],
  [{ Ref: 'AWS::StackId' }, /refers to "AWS::StackId"/],
  [7, /can't read the AWS::SSM::Parameter Parameter:[\s\S]*Value/],
])('throws on %j instead of guessing', (value, message) => {
  expect(() => parametersWith(value)).toThrow(message);
});
