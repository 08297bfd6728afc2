import { expect, test } from 'vitest';
import { Template } from '../../../../../infra/local/aws/cloudformation/template.ts';

/** What the runner reads of a bucket and its policy. */

const bucketArn = { 'Fn::GetAtt': ['Files', 'Arn'] };
const objects = (pattern: string) => ({ 'Fn::Join': ['', [bucketArn, pattern]] });
const denied = { Effect: 'Deny', Principal: { AWS: '*' } };
const tlsOnly = {
  ...denied,
  Action: 's3:*',
  Resource: [bucketArn, objects('/*')],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const newOnly = {
  ...denied,
  Action: 's3:PutObject',
  Resource: objects('/uploads/*'),
  Condition: { Null: { 's3:if-none-match': 'true' } },
};
const forCloudFront = {
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: 's3:GetObject',
  Resource: objects('/*'),
  Condition: { StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::000000000000:distribution/Edge' } },
};

function bucketsOf(statements: object[], properties = {}) {
  const resources = {
    Files: { Type: 'AWS::S3::Bucket', Properties: properties },
    Others: { Type: 'AWS::S3::Bucket', Properties: {} },
    Policy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: 'Files' }, PolicyDocument: { Statement: statements } },
    },
  };
  return new Template({ Resources: resources }, '').buckets();
}

test('the statements of a bucket’s own policy', () => {
  const [files, others] = bucketsOf([tlsOnly, newOnly, forCloudFront]);
  expect(files).toMatchObject({
    id: 'Files',
    newOnly: ['arn:aws:s3:::Files/uploads/*'],
    forCloudFront: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::Files/*'] }],
  });
  expect(others).toEqual({ id: 'Others', cors: [], newOnly: [], forCloudFront: [], expiring: [] });
});

test('the rules for pages of other origins', () => {
  const rule = {
    AllowedOrigins: ['*'],
    AllowedMethods: ['PUT'],
    AllowedHeaders: ['a'],
    ExposedHeaders: ['b'],
    MaxAge: 9,
  };
  const [files] = bucketsOf([], { CorsConfiguration: { CorsRules: [rule] } });
  expect(files?.cors).toEqual([{ origins: ['*'], methods: ['PUT'], headers: ['a'], exposed: ['b'], maxAge: 9 }]);
});

test('the lifecycle rules that delete objects', () => {
  const rule = { Id: 'a', Status: 'Enabled', Prefix: 'uploads/', ExpirationInDays: 1 };
  const parts = { Id: 'b', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } };
  const [files] = bucketsOf([], { LifecycleConfiguration: { Rules: [rule, parts] } });
  expect(files?.expiring).toEqual([{ prefix: 'uploads/', days: 1 }]);
  const disabled = { LifecycleConfiguration: { Rules: [{ ...rule, Status: 'Disabled' }] } };
  expect(() => bucketsOf([], disabled)).toThrow(/can't read/);
});

test.each([
  ['is for one role only', { ...newOnly, Principal: { AWS: 'arn:aws:iam::000000000000:role/Role' } }],
  ['has another condition', { ...newOnly, Condition: { Null: { 's3:if-match': 'true' } } }],
  [
    'has one condition more',
    { ...newOnly, Condition: { ...newOnly.Condition, Bool: { 'aws:ViaAWSService': 'true' } } },
  ],
  ['is without a condition', { ...newOnly, Condition: undefined }],
  ['denies something else', { ...newOnly, Action: 's3:GetObject' }],
  ['lets everybody read', { ...forCloudFront, Principal: '*' }],
  ['lets every distribution read', { ...forCloudFront, Condition: undefined }],
])('throws on a statement that %s instead of ignoring it', (_what, statement) => {
  expect(() => bucketsOf([tlsOnly, statement])).toThrow(/does not evaluate this statement of a bucket policy/);
});
