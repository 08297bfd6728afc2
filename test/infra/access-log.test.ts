import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { makeStack } from '../support/stacks.ts';

/** The access log of the HTTP API, whose lines CloudWatch Logs Insights reads as JSON. */

const stages = Template.fromStack(makeStack()).findResources('AWS::ApiGatewayV2::Stage', {
  Properties: { StageName: '$default' },
});
const format: string = Object.values(stages)[0]?.Properties.AccessLogSettings.Format;

/** Variables of HTTP APIs whose values have no quotes around them. `$context.error.messageString` has. */
const unquoted = [
  '$context.requestTime',
  '$context.requestId',
  '$context.httpMethod',
  '$context.path',
  '$context.routeKey',
  '$context.status',
  '$context.responseLatency',
  '$context.responseLength',
  '$context.error.message',
  '$context.integrationErrorMessage',
];

test('every line is JSON, those of errors too', () => {
  expect(format).not.toContain('\n');
  expect(Object.values<string>(JSON.parse(format)).sort()).toEqual(unquoted.sort());
});
