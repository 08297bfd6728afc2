import { type Stack, Validations } from 'aws-cdk-lib';

const solutions = (rule: string) => `AwsSolutions::AwsSolutions-${rule}`;
const serverless = (rule: string) => `Serverless::Serverless-${rule}`;

/** The rules of cdk-nag that we break, with the reason. `cdk synth` fails on any other finding. */
const reasons: Record<string, string> = {
  [solutions('APIG4')]:
    'The functions check the token themselves; an authorizer would add a Lambda call to every request. The contract says which endpoints need no token.',
  [solutions('CFR1')]: 'Users travel, and the chat has to work in every country.',
  [solutions('CFR2')]: 'AWS WAF is optional (setting "waf"), because it costs at least 8 dollars a month.',
  [solutions('CFR3')]:
    'CloudFront logs the query string, which contains the token of a socket. Version 2 logs can leave it out, but only from us-east-1. The HTTP API logs every request, the functions log every connection.',
  [solutions('CFR4')]:
    'AWS sets the certificate and the TLS versions of cloudfront.net. With the setting "domain" the policy is TLSv1.2_2021.',
  [solutions('SMG4')]:
    "The keys of the one-time codes and of the edge are in environment variables and in CloudFront, so replacing them takes a deployment: docs/operate.md. The operator's credentials are rotated at OpenAI and Google.",
  [solutions('APIG1')]:
    'The HTTP API has access logs. For a WebSocket API they need a role of the whole account; its functions log each connection and frame instead.',
  [solutions('S1')]:
    "The functions log who uploads and sends each file. S3's own log would contain the rest, downloads, only as requests of CloudFront, and it needs a second bucket. CloudTrail can log data events of the bucket when they are needed.",
  [serverless('APIGWAccessLogging')]: 'As AwsSolutions-APIG1.',
  [serverless('LambdaDLQ')]:
    'API Gateway invokes most functions and learns of a failure at once. The asynchronous ones have a destination for failures, which this rule does not detect.',
  [serverless('LambdaTracing')]: 'X-Ray is optional (setting "tracing").',
  [serverless('LambdaStarPermissions')]:
    'X-Ray has no resource ARNs. A test on the template allows "*" for nothing else.',
  [serverless('EventBusDLQ')]: 'The function that counts reports is invoked again an hour later.',
  [solutions('SQS3')]: 'This queue is itself the dead-letter queue, as a failure destination.',
  [serverless('SQSRedrivePolicy')]: 'As AwsSolutions-SQS3.',
  [serverless('LambdaEventSourceMappingDestination')]:
    'AWS offers it for streams only. Events that the function fails on go to the dead-letter queue of their queue.',
  [serverless('SNSRedrivePolicy')]:
    'The subscription of "alarmEmail": an undelivered alarm email is useless in a queue, and CloudWatch keeps the history of alarms.',
};

/** The logical ids of resources that are named in findings. The bucket is only in a stage with files. */
interface Ids {
  restApi: string;
  socketApi: string;
  bucket: string | undefined;
}

/** Resources with wildcards, in the notation of cdk-nag. */
function wildcards({ restApi, socketApi: socketApiId, bucket: bucketId }: Ids): Record<string, string> {
  const inAccount = (service: string) => `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>`;
  const connections = (method: string) => `${inAccount('execute-api')}:<${socketApiId}>/live/${method}/@connections/*`;
  const objects = (prefix: string) => `<${bucketId}.Arn>/${prefix}/*`;
  const ofFiles = 'Files come and go. The grant covers one prefix of the bucket.';
  return {
    ...(bucketId && {
      [objects('uploads')]: ofFiles,
      [objects('chats')]: ofFiles,
      [objects('users')]: ofFiles,
    }),
    [`${inAccount('execute-api')}:<${restApi}>/$default/POST/operator/*`]:
      'Every command of the operator. A policy of your own can allow single ones.',
    [connections('POST')]: 'Connections come and go. The grant covers those of this API only.',
    [connections('DELETE')]: 'Connections come and go. The grant covers those of this API only.',
    [`${inAccount('sms-voice')}:phone-number/*`]: 'Without "origin" AWS chooses a phone number of the account.',
    '*': 'As Serverless-LambdaStarPermissions.',
  };
}

/** The only finding in the stack in us-east-1, when its alarm sends emails. */
export function acknowledgeAlarmEmail(stack: Stack): void {
  const id = serverless('SNSRedrivePolicy');
  Validations.of(stack).acknowledge({ id, reason: reasons[id] ?? '' });
}

export function acknowledge(stack: Stack, ids: Ids): void {
  const resources = Object.entries(wildcards(ids)).map(([resource, reason]) => [
    solutions(`IAM5[Resource::${resource}]`),
    reason,
  ]);
  const all = [...Object.entries(reasons), ...resources] as [string, string][];
  Validations.of(stack).acknowledge(...all.map(([id, reason]) => ({ id, reason })));
}
