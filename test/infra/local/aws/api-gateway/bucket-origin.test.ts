import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Edge } from '../../../../../infra/local/aws/api-gateway/edge.ts';
import { answerRequest } from '../../../../../infra/local/aws/api-gateway/entry.ts';
import type { Deployment } from '../../../../../infra/local/aws/cloudformation/deployment.ts';
import { Template } from '../../../../../infra/local/aws/cloudformation/template.ts';
import { LocalS3 } from '../../../../../infra/local/aws/s3/local-s3.ts';
import { ObjectStore } from '../../../../../infra/local/aws/s3/object-store.ts';

/** Requests for files: the edge function, the bucket with CloudFront's rights, the added headers. */

const FunctionCode = `
const crypto = require('crypto');
function handler(event) {
  const request = event.request;
  const { s } = request.querystring;
  const expected = crypto.createHmac('sha256', '{{key}}').update(request.uri).digest('base64url');
  if (!s || s.value !== expected) return { statusCode: 403 };
  request.uri = request.uri.replace('/files', '');
  request.querystring = {};
  return request;
}`;
const securityHeaders = {
  ContentSecurityPolicy: { ContentSecurityPolicy: 'sandbox', Override: true },
  ContentTypeOptions: { Override: true },
};
const corsConfig = {
  AccessControlAllowCredentials: false,
  AccessControlAllowHeaders: { Items: ['*'] },
  AccessControlAllowMethods: { Items: ['GET'] },
  AccessControlAllowOrigins: { Items: ['*'] },
  OriginOverride: true,
};
const api = { Id: 'api', DomainName: 'api.example' };
const files = {
  Id: 'files',
  DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] },
  OriginAccessControlId: { 'Fn::GetAtt': ['Access', 'Id'] },
};
const behavior = {
  PathPattern: '/files/*',
  TargetOriginId: 'files',
  ResponseHeadersPolicyId: { Ref: 'Headers' },
  FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Code', 'FunctionARN'] } }],
};

function templateWith({
  origin = files,
  of = behavior,
  policy = {},
}: {
  origin?: object;
  of?: object;
  policy?: object;
} = {}) {
  const DistributionConfig = {
    CacheBehaviors: [of],
    DefaultCacheBehavior: { TargetOriginId: 'api' },
    Origins: [api, origin],
  };
  return new Template(
    {
      Resources: {
        Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
        BucketPolicy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'Bucket' },
            PolicyDocument: {
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { Service: 'cloudfront.amazonaws.com' },
                  Action: ['s3:GetObject', 's3:ListBucket'],
                  Resource: ['arn:aws:s3:::Bucket', 'arn:aws:s3:::Bucket/*'],
                  Condition: { StringEquals: { 'AWS:SourceArn': 'the distribution' } },
                },
              ],
            },
          },
        },
        Access: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: {} },
        Code: { Type: 'AWS::CloudFront::Function', Properties: { FunctionCode } },
        Headers: {
          Type: 'AWS::CloudFront::ResponseHeadersPolicy',
          Properties: {
            ResponseHeadersPolicyConfig: {
              Name: 'n',
              SecurityHeadersConfig: securityHeaders,
              CorsConfig: corsConfig,
              ...policy,
            },
          },
        },
        Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig } },
      },
    },
    '',
  );
}

const folder = mkdtempSync(join(tmpdir(), 'chat-edge-'));
const store = new ObjectStore(folder);
const template = templateWith();
const callers = { secretOf: () => '', areTemporary: false, refusalOf: () => 'nobody may' };
const s3 = new LocalS3({ store, callers, host: 'unused' });
s3.reload(template.buckets());
const edge = new Edge(template.edgeBehaviors(), (text) => text.replace('{{key}}', 'the key'));
const server = createServer(
  (request, response) => void answerRequest({ edge, socketApi: { id: 'Socket' } } as Deployment, s3, request, response),
);
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  await store.write('Bucket', 'chats/a', {
    body: Readable.from([Buffer.from('0123456789')]),
    headers: { contentType: 'image/png', cacheControl: 'max-age=86400, immutable' },
  });
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const sign = (path: string) => createHmac('sha256', 'the key').update(path).digest('base64url');

function ask(
  path: string,
  { signature = sign(path), ...init }: RequestInit & { signature?: string } = {},
): Promise<Response> {
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}?s=${signature}`, init);
}

test('serves an object whose URL is signed with the secret of the dynamic reference', async () => {
  const response = await ask('/files/chats/a');
  expect([response.status, await response.text()]).toEqual([200, '0123456789']);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': '10',
    'cache-control': 'max-age=86400, immutable',
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  });
  expect(response.headers.has('set-cookie')).toBe(false);
  const refused = await ask('/files/chats/a', { signature: 'another' });
  expect([refused.status, await refused.text()]).toEqual([403, '']);
});

test('serves HEAD, ranges and what has not changed', async () => {
  const head = await ask('/files/chats/a', { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '10']);
  const range = await ask('/files/chats/a', { headers: { range: 'bytes=2-3' } });
  expect([range.status, await range.text()]).toEqual([206, '23']);
  const same = await ask('/files/chats/a', { headers: { 'if-none-match': head.headers.get('etag') ?? '' } });
  expect([same.status, await same.text()]).toEqual([304, '']);
});

test('pages of other origins may read files', async () => {
  expect((await ask('/files/chats/a')).headers.get('access-control-allow-origin')).toBeNull();
  const foreign = await ask('/files/chats/a', { headers: { origin: 'https://app.example' } });
  expect(foreign.headers.get('access-control-allow-origin')).toBe('*');
});

test('a missing object is 404, with the added headers', async () => {
  const response = await ask('/files/chats/missing');
  expect([response.status, response.headers.get('x-content-type-options')]).toEqual([404, 'nosniff']);
  expect(await response.text()).toContain('<Code>NoSuchKey</Code>');
});

test('passes on no header of AWS and no other method', async () => {
  expect((await ask('/files/chats/a', { headers: { 'x-amz-acl': 'private' } })).status).toBe(200);
  expect((await ask('/files/chats/a', { method: 'DELETE' })).status).toBe(403);
  expect(await store.keys('Bucket')).toEqual(['chats/a']);
});

test.each<[string, Parameters<typeof templateWith>[0], RegExp]>([
  [
    'a bucket without origin access control',
    { origin: { ...files, OriginAccessControlId: undefined } },
    /no origin access control/,
  ],
  [
    'added headers for an API',
    { of: { ...behavior, TargetOriginId: 'api' } },
    /adds headers only to the answers of a bucket/,
  ],
  [
    'a kind of added headers that it does not know',
    { policy: { CustomHeadersConfig: { Items: [] } } },
    /can't read .*Headers/,
  ],
])('throws on %s', (_what, changed, message) => {
  expect(() => templateWith(changed).edgeBehaviors()).toThrow(message);
});

test('an edge function finds nothing but crypto', () => {
  const behaviors = template.edgeBehaviors();
  const code = "require('fs'); function handler({ request }) { return request; }";
  expect(() => new Edge(behaviors, () => code)).toThrow('cannot require "fs"');
});
