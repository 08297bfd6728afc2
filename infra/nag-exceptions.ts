import { type Stack, Validations } from 'aws-cdk-lib';

const solutions = (rule: string) => `AwsSolutions::AwsSolutions-${rule}`;
const serverless = (rule: string) => `Serverless::Serverless-${rule}`;

/** What cdk-nag asks for and we do otherwise, with the reason. A finding that is not here makes `cdk synth` fail. */
const reasons: Record<string, string> = {
  [solutions('APIG4')]:
    'The functions check the token themselves: an authorizer would be another Lambda in the way of each request. Which endpoints take no token is in the contract.',
  [solutions('CFR1')]: 'People travel: a chat that works only in some countries is none.',
  [solutions('CFR2')]: 'AWS WAF is a setting ("waf"): it costs at least 8 dollars a month.',
  [solutions('CFR3')]:
    'Its logs hold the query string, in which a socket has its token; those that can leave it out, version 2, are made in us-east-1 only. The HTTP API logs every request, the functions every connection.',
  [solutions('CFR4')]:
    'The name cloudfront.net comes with a certificate and TLS versions of its own; with "domain" it is TLS 1.2 from 2021.',
  [solutions('SMG4')]:
    'The keys of the codes and of the edge are in environments and in CloudFront, so that a new value needs a deployment: docs/operate.md. What the operator fills in rotates where it comes from.',
  [solutions('APIG1')]:
    'The HTTP API logs. A WebSocket API can only with a role that belongs to the whole account; its functions log each connection and frame.',
  [serverless('APIGWAccessLogging')]: 'As AwsSolutions-APIG1.',
  [serverless('LambdaDLQ')]:
    'API Gateway invokes them and hears of a failure at once. Those that are invoked asynchronously have a destination for failures, which this rule does not see.',
  [serverless('LambdaTracing')]: 'X-Ray is a setting ("tracing").',
  [serverless('LambdaStarPermissions')]:
    'X-Ray has no resources. A test on the template lets nothing else have a star.',
  [solutions('SQS3')]: 'It is the dead-letter queue itself, by way of a destination.',
  [serverless('SQSRedrivePolicy')]: 'As AwsSolutions-SQS3.',
  [serverless('SNSRedrivePolicy')]:
    'With "alarmEmail": an email that could not be sent is of no use in a queue. CloudWatch keeps the history of alarms.',
};

/** Resources that can not be named, as cdk-nag writes them. */
function wildcards(socketApiId: string): Record<string, string> {
  const inAccount = (service: string) => `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>`;
  const connections = (method: string) => `${inAccount('execute-api')}:<${socketApiId}>/live/${method}/@connections/*`;
  return {
    [connections('POST')]: 'Connections come and go; it is those of this API.',
    [connections('DELETE')]: 'Connections come and go; it is those of this API.',
    [`${inAccount('sms-voice')}:phone-number/*`]: 'Without "origin" AWS takes one of the numbers of the account.',
    '*': 'As Serverless-LambdaStarPermissions.',
  };
}

/** `socketApiId` is the logical id of the WebSocket API. */
export function acknowledge(stack: Stack, socketApiId: string): void {
  const resources = Object.entries(wildcards(socketApiId)).map(([resource, reason]) => [
    solutions(`IAM5[Resource::${resource}]`),
    reason,
  ]);
  const all = [...Object.entries(reasons), ...resources] as [string, string][];
  Validations.of(stack).acknowledge(...all.map(([id, reason]) => ({ id, reason })));
}
