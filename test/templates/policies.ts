import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Json } from '../support/api-client.ts';

const region = 'eu-central-1';
const account = '111111111111';

/** ARNs of resources, as AWS forms them. parliament compares their form with what an action accepts. */
const arns: Record<string, (id: string) => string> = {
  'AWS::DynamoDB::GlobalTable': (id) => `arn:aws:dynamodb:${region}:${account}:table/${id}`,
  'AWS::KMS::Key': () => `arn:aws:kms:${region}:${account}:key/1111aaaa-11aa-11aa-11aa-111111aaaaaa`,
  'AWS::Lambda::Function': (id) => `arn:aws:lambda:${region}:${account}:function:${id}`,
  'AWS::Logs::LogGroup': (id) => `arn:aws:logs:${region}:${account}:log-group:${id}:*`,
  'AWS::S3::Bucket': (id) => `arn:aws:s3:::${id.toLowerCase()}`,
  'AWS::SNS::Topic': (id) => `arn:aws:sns:${region}:${account}:${id}`,
  'AWS::SQS::Queue': (id) => `arn:aws:sqs:${region}:${account}:${id}`,
  'AWS::SecretsManager::Secret': (id) => `arn:aws:secretsmanager:${region}:${account}:secret:${id}-AbCdEf`,
};

const pseudoParameters: Record<string, string> = {
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
};

/** The policies of all roles in template files, by "template role", with references replaced by ARNs. */
export function policiesIn(files: string[]): Record<string, unknown> {
  return Object.fromEntries(
    files.flatMap((file) => {
      const { Resources }: Json = JSON.parse(readFileSync(file, 'utf8'));
      const owners = Object.entries<Json>(Resources).filter(([, { Type }]) => /^AWS::IAM::(Role|Policy)$/.test(Type));
      return owners.flatMap(([id, { Properties }]) =>
        [...(Properties.Policies ?? []), Properties]
          .filter(({ PolicyDocument }: Json) => PolicyDocument)
          .map(({ PolicyDocument }: Json) => [`${basename(file)} ${id}`, evaluate(PolicyDocument, Resources)]),
      );
    }),
  );
}

function evaluate(value: Json, resources: Json): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, resources));
  if (typeof value !== 'object' || value === null) return value;
  const reference: string | undefined = value.Ref ?? value['Fn::GetAtt']?.[0];
  if (reference) return pseudoParameters[reference] ?? arns[resources[reference].Type]?.(reference) ?? reference;
  if (value['Fn::Join']) return value['Fn::Join'][1].map((part: Json) => evaluate(part, resources)).join('');
  return Object.fromEntries(Object.entries<Json>(value).map(([key, item]) => [key, evaluate(item, resources)]));
}
