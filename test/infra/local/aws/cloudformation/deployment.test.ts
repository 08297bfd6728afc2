import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { Deployment } from '../../../../../infra/local/aws/cloudformation/deployment.ts';
import { Template } from '../../../../../infra/local/aws/cloudformation/template.ts';
import { Roles } from '../../../../../infra/local/aws/iam/roles.ts';
import { Secrets } from '../../../../../infra/local/aws/services/secrets.ts';

/** What CloudFormation makes of a function's environment when it deploys. */

const folder = mkdtempSync(join(tmpdir(), 'chat-deployment-'));
mkdirSync(join(folder, 'asset.code'));
writeFileSync(join(folder, 'asset.code', 'index.cjs'), 'exports.handler = async () => ({ ...process.env });');
afterAll(() => rmSync(folder, { recursive: true }));

const api = (id: string, ProtocolType: string) => ({
  [id]: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType } },
  [`${id}Stage`]: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: id }, StageName: 'live' },
  },
});
const functionWith = (Variables: object) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Description: 'test/function',
    Code: { S3Key: 'code.zip' },
    Handler: 'index.handler',
    Environment: { Variables },
    Timeout: 10,
    MemorySize: 128,
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
  },
});

const behindDistribution = {
  DefaultCacheBehavior: { TargetOriginId: 'a' },
  Origins: [{ Id: 'a', DomainName: 'a.example' }],
};

let deployment: Deployment | undefined;
afterEach(async () => {
  await deployment?.close();
});

/** What a function finds in its environment if the template declares this. */
async function environmentFrom(variables: object): Promise<Record<string, string>> {
  const Resources = {
    ...api('Rest', 'HTTP'),
    ...api('Socket', 'WEBSOCKET'),
    Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: { DistributionConfig: { Aliases: ['chat.example'], ...behindDistribution } },
    },
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
    Key: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
    Function: functionWith(variables),
  };
  const template = new Template({ Resources }, folder);
  const secrets = new Secrets();
  secrets.set('Key', 'the key');
  deployment = new Deployment(template, {
    origin: 'http://127.0.0.1:3000',
    networkOrigin: 'http://192.0.2.7:3000',
    dynamodbEndpoint: 'http://127.0.0.1:8000',
    awsServicesEndpoint: 'http://127.0.0.1:3000/_local/aws',
    replacing: () => ({ ELSEWHERE: 'http://127.0.0.1:9' }),
    secrets,
    roles: new Roles(template.functions()),
    log: () => {},
  });
  return (await deployment.lambdas.get('Function')?.invoke({}, 10_000)) as Record<string, string>;
}

test('a dynamic reference to a secret becomes its value', async () => {
  const reference = ['{{resolve:secretsmanager:', { Ref: 'Key' }, ':SecretString:::}}'];
  const { KEY } = await environmentFrom({ KEY: { 'Fn::Join': ['', reference] } });
  expect(KEY).toBe('the key');
});

test('the hosts of the APIs, and the services outside AWS, become addresses on this machine', async () => {
  const host = { 'Fn::Join': ['', ['https://', { Ref: 'Socket' }, '.execute-api.local.amazonaws.com/live']] };
  const { CONNECTIONS_URL, ELSEWHERE } = await environmentFrom({ CONNECTIONS_URL: host, ELSEWHERE: 'https://far' });
  expect(CONNECTIONS_URL).toBe('http://127.0.0.1:3000/live');
  expect(ELSEWHERE).toBe('http://127.0.0.1:9');
});

test('the hosts of the bucket and of the distribution become an address that phones reach', async () => {
  const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
  const { FILES_BUCKET_URL, FILES_URL, DOMAIN_URL } = await environmentFrom({
    FILES_BUCKET_URL: join('https://', { Ref: 'Bucket' }, '.s3.', { Ref: 'AWS::Region' }, '.', {
      Ref: 'AWS::URLSuffix',
    }),
    FILES_URL: join('https://', { 'Fn::GetAtt': ['Distribution', 'DomainName'] }, '/files'),
    DOMAIN_URL: 'https://chat.example/files',
  });
  expect(FILES_BUCKET_URL).toBe('http://192.0.2.7:3000/_local/s3/Bucket');
  expect([FILES_URL, DOMAIN_URL]).toEqual(Array(2).fill('http://192.0.2.7:3000/files'));
});
