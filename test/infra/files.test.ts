import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Grant } from '../../infra/constructs/endpoint-function.ts';
import type { Files } from '../../infra/constructs/files.ts';
import type { Json } from '../support/api-client.ts';
import { chosen, makeStack } from '../support/stacks.ts';

const synthesize = (prod: object = {}): Template => Template.fromStack(makeStack(chosen(prod)));

let template: Template;
beforeAll(() => {
  template = synthesize();
});

const idOf = (type: string, part = '', of = template): string =>
  Object.keys(of.findResources(type)).find((id) => id.includes(part)) ?? '';
const propertiesOf = (type: string, part = '', of = template): Json =>
  of.findResources(type)[idOf(type, part, of)]?.Properties;

/** A value of the template as text, with `{logical id}` or `{logical id.attribute}` for references. */
function textOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(textOf);
  if (typeof value !== 'object' || value === null) return value;
  if (value.Ref) return `{${value.Ref}}`;
  if (value['Fn::GetAtt']) return `{${value['Fn::GetAtt'].join('.')}}`;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(textOf).join('');
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, textOf(each)]));
}

describe('the bucket of files', () => {
  const policy = () => propertiesOf('AWS::S3::BucketPolicy').PolicyDocument.Statement as Json[];

  test('is private, encrypted and never public', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: Match.absent(),
    });
    const arn = `{${idOf('AWS::S3::Bucket')}.Arn}`;
    const [tls, ...others] = policy().map(textOf);
    expect(tls).toEqual({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    // Apart from that, it allows only the distribution something.
    const distribution = `arn:{AWS::Partition}:cloudfront::{AWS::AccountId}:distribution/{${idOf('AWS::CloudFront::Distribution')}}`;
    expect(others.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: ['s3:GetObject', 's3:ListBucket'],
        Resource: [`${arn}/*`, arn],
        Condition: { StringEquals: { 'AWS:SourceArn': distribution } },
      },
    ]);
  });

  test('lets an upload be written once', () => {
    expect(policy().map(textOf)).toContainEqual({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:PutObject',
      Resource: `{${idOf('AWS::S3::Bucket')}.Arn}/uploads/*`,
      Condition: { Null: { 's3:if-none-match': 'true' } },
    });
  });

  test('forgets unused uploads after a day, and nothing else', () => {
    expect(propertiesOf('AWS::S3::Bucket').LifecycleConfiguration.Rules).toEqual([
      { Id: 'unused-uploads', Prefix: 'uploads/', ExpirationInDays: 1, Status: 'Enabled' },
      {
        Id: 'broken-off-uploads',
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        Status: 'Enabled',
      },
    ]);
  });

  test('takes uploads from any web page, with the headers that the URL was signed for', () => {
    expect(propertiesOf('AWS::S3::Bucket').CorsConfiguration.CorsRules).toEqual([
      {
        AllowedMethods: ['PUT'],
        AllowedOrigins: ['*'],
        AllowedHeaders: ['content-type', 'if-none-match'],
        ExposedHeaders: ['etag'],
        MaxAge: 3600,
      },
    ]);
  });

  test('is emptied by no function of CDK', () => {
    const dev = synthesize({ keepData: false });
    expect(dev.findResources('Custom::S3AutoDeleteObjects')).toEqual({});
    expect(Object.values<Json>(dev.findResources('AWS::S3::Bucket'))[0]?.DeletionPolicy).toBe('Delete');
  });
});

describe('the edge', () => {
  const behavior = (of = template): Json =>
    propertiesOf('AWS::CloudFront::Distribution', '', of).DistributionConfig.CacheBehaviors.find(
      ({ PathPattern }: Json) => PathPattern === '/files/*',
    );

  test('checks every request for a file, over TLS, and passes on nothing but reads', () => {
    const ViewerRequest = `{${idOf('AWS::CloudFront::Function', 'Files')}.FunctionARN}`;
    expect(textOf(behavior())).toMatchObject({
      FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: ViewerRequest }],
      ViewerProtocolPolicy: 'https-only',
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
      Compress: false,
    });
  });

  test('keeps one copy for everybody, for a day at most', () => {
    expect(behavior().CachePolicyId).toEqual({ Ref: idOf('AWS::CloudFront::CachePolicy') });
    expect(behavior().OriginRequestPolicyId).toBeUndefined();
    expect(propertiesOf('AWS::CloudFront::CachePolicy').CachePolicyConfig).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 86_400,
      ParametersInCacheKeyAndForwardedToOrigin: {
        QueryStringsConfig: { QueryStringBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        CookiesConfig: { CookieBehavior: 'none' },
      },
    });
  });

  test('makes browsers run nothing of a file, and lets web pages read it', () => {
    expect(behavior().ResponseHeadersPolicyId).toEqual({ Ref: idOf('AWS::CloudFront::ResponseHeadersPolicy') });
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'; sandbox", Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
        },
        CorsConfig: { AccessControlAllowOrigins: { Items: ['*'] }, AccessControlAllowCredentials: false },
      },
    });
  });

  test('reads from the bucket in its own name', () => {
    const { Origins } = propertiesOf('AWS::CloudFront::Distribution').DistributionConfig;
    const origin = Origins.find(({ Id }: Json) => Id === behavior().TargetOriginId);
    expect(textOf(origin)).toMatchObject({
      DomainName: `{${idOf('AWS::S3::Bucket')}.RegionalDomainName}`,
      OriginAccessControlId: `{${idOf('AWS::CloudFront::OriginAccessControl')}.Id}`,
    });
  });

  test.each([
    [1, ['1']],
    [2, ['2', '1']],
    [7, ['7', '6']],
  ])('accepts, with keyVersion %s, keys of the versions %j', (keyVersion, versions) => {
    const of = synthesize({ keyVersion });
    const code: string = textOf(propertiesOf('AWS::CloudFront::Function', 'Files', of).FunctionCode);
    const [, keys = ''] = /^const keys = (.*);$/m.exec(code) ?? [];
    const secret = (version: string) => {
      const id = idOf('AWS::SecretsManager::Secret', `FilesKey${version}`, of);
      return `{{resolve:secretsmanager:{${id}}:SecretString:::}}`;
    };
    expect(JSON.parse(keys)).toEqual(Object.fromEntries(versions.map((version) => [version, secret(version)])));
  });

  test('has names that a stage in another region does not have', () => {
    const named = ['OriginAccessControl', 'ResponseHeadersPolicy', 'CachePolicy'].map((type) =>
      JSON.stringify(propertiesOf(`AWS::CloudFront::${type}`)),
    );
    for (const properties of named) expect(properties).toContain('{"Ref":"AWS::Region"}');
  });
});

describe('the queue', () => {
  test('gives an event to delete-files five times, then keeps it for two weeks', () => {
    const queue = idOf('AWS::SQS::Queue', 'FilesQueue');
    const deadLetters = idOf('AWS::SQS::Queue', 'FilesDeadLetters');
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': [queue, 'Arn'] },
      FunctionName: { Ref: idOf('AWS::Lambda::Function', 'deletefiles') },
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const { Timeout } = propertiesOf('AWS::Lambda::Function', 'deletefiles');
    expect(propertiesOf('AWS::SQS::Queue', 'FilesQueue')).toMatchObject({
      VisibilityTimeout: 6 * Timeout,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters, 'Arn'] }, maxReceiveCount: 5 },
      SqsManagedSseEnabled: true,
    });
    expect(propertiesOf('AWS::SQS::Queue', 'FilesDeadLetters').MessageRetentionPeriod).toBe(14 * 86_400);
  });
});

describe('a function that', () => {
  const stack = makeStack(chosen({ files: { maxImageMb: 1, maxFileMb: 2, dailyMb: 3 }, keyVersion: 4 }));
  const files = stack.node.findChild('Files') as Files;
  const bucket = '{FilesBucket7C17EE2E';
  const queue = '{FilesQueueA4BC72F9';
  const given = (grant: Grant) => ({
    variables: textOf(stack.resolve(grant.environment)),
    statements: grant.statements.map((statement) => {
      const { Action, Resource } = textOf(stack.resolve(statement.toStatementJson()));
      return [Action, Resource].map((each) => [each].flat().join(' ')).join(' on ');
    }),
  });
  const FILES_BUCKET = `${bucket}}`;
  const FILES_BUCKET_URL = `https://${bucket}}.s3.{AWS::Region}.{AWS::URLSuffix}`;
  const FILES_QUEUE = `${queue}}`;

  test('announces uploads may sign them, and knows the limits', () => {
    expect(given(files.upload())).toEqual({
      variables: {
        FILES_BUCKET,
        FILES_BUCKET_URL,
        MAX_IMAGE_BYTES: '1000000',
        MAX_FILE_BYTES: '2000000',
        DAILY_FILE_BYTES: '3000000',
      },
      statements: [`s3:PutObject on ${bucket}.Arn}/uploads/*`],
    });
  });

  test.each(['chats', 'users'] as const)('attaches uploads may copy them to %s', (prefix) => {
    expect(given(files.attach(prefix))).toEqual({
      variables: { FILES_BUCKET, FILES_BUCKET_URL, FILES_QUEUE },
      statements: [
        `s3:GetObject on ${bucket}.Arn}/uploads/*`,
        `s3:PutObject on ${bucket}.Arn}/${prefix}/*`,
        `sqs:SendMessage on ${queue}.Arn}`,
      ],
    });
  });

  test('erases files may only tell the queue', () => {
    expect(given(files.erase())).toEqual({
      variables: { FILES_QUEUE },
      statements: [`sqs:SendMessage on ${queue}.Arn}`],
    });
  });

  test('deletes files may read the queue, and delete all but uploads', () => {
    expect(given(files.work())).toEqual({
      variables: { FILES_BUCKET, FILES_BUCKET_URL },
      statements: [
        `s3:DeleteObject on ${bucket}.Arn}/chats/* ${bucket}.Arn}/users/*`,
        `s3:ListBucket on ${bucket}.Arn}`,
        `sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes on ${queue}.Arn}`,
      ],
    });
  });

  test('shows files has the key of this version', () => {
    const { variables, statements } = given(files.show());
    expect(statements).toEqual([]);
    expect(variables).toEqual({
      FILES_URL: 'https://{EdgeDistribution0060737B.DomainName}/files',
      FILES_KEY: expect.stringMatching(/^\{\{resolve:secretsmanager:\{KeysFilesKey4\w+\}:SecretString:::\}\}$/),
      FILES_KEY_VERSION: '4',
    });
  });

  test('shows files waits for the edge in a deployment, also where the host is not the distribution’s own', () => {
    const certificateArn = 'arn:aws:acm:us-east-1:111111111111:certificate/c';
    const named = synthesize({ domain: { name: 'chat.example.com', certificateArn } });
    const functions = Object.values<Json>(named.findResources('AWS::Lambda::Function'));
    const showing = functions.filter(({ Properties }) => Properties.Environment.Variables.FILES_KEY);
    expect(showing.length).toBeGreaterThan(20);
    for (const { Properties, DependsOn } of showing) {
      expect(Properties.Environment.Variables.FILES_URL).toBe('https://chat.example.com/files');
      expect(DependsOn, Properties.Description).toContain('EdgeDistribution0060737B');
    }
  });
});

test.each([
  ['"files": false', { files: false }],
  ['"edge": false', { edge: false }],
])('a stage with %s has nothing of files', (_what, settings) => {
  const without = JSON.stringify(synthesize(settings).toJSON());
  expect(without).not.toMatch(/FILES_|MAX_IMAGE_BYTES|MAX_FILE_BYTES|DAILY_FILE_BYTES/);
  expect(without).not.toMatch(/AWS::S3::Bucket|FilesKey|\/files\/\*|delete-files/);
});
