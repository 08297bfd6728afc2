import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { Edge } from '../../../../../infra/local/aws/api-gateway/edge.ts';
import { Template } from '../../../../../infra/local/aws/cloudformation/template.ts';

/** What the distribution does to a request before an API gets it. */

const origin = (Id: string, api: string) => ({
  Id,
  DomainName: { 'Fn::Join': ['', [{ Ref: api }, '.execute-api.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
  OriginCustomHeaders: [{ HeaderName: 'Chat-Edge-Key', HeaderValue: `{{resolve:secretsmanager:${api}}}` }],
});
const socketBehavior = (PathPattern: string) => ({
  PathPattern,
  TargetOriginId: 's',
  FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Code', 'FunctionARN'] } }],
});
const Resources = {
  Rest: { Type: 'AWS::ApiGatewayV2::Api' },
  Socket: { Type: 'AWS::ApiGatewayV2::Api' },
  Code: {
    Type: 'AWS::CloudFront::Function',
    Properties: { FunctionCode: "function handler({ request }) { request.uri = '/live'; return request; }" },
  },
  Distribution: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        CacheBehaviors: [
          { PathPattern: '/read/*', TargetOriginId: 'r' },
          socketBehavior('/ws/chat/*'),
          socketBehavior('*/ws/group/*'),
        ],
        DefaultCacheBehavior: { TargetOriginId: 'r', AllowedMethods: ['GET', 'HEAD', 'POST'] },
        Origins: [origin('r', 'Rest'), origin('s', 'Socket')],
      },
    },
  },
};
const edgeOf = (resources: object) =>
  new Edge(new Template({ Resources: resources }, '').edgeBehaviors(), (value) => value.replace('resolve', 'secret'));
const edge = edgeOf(Resources);
const requestFor = (url: string, headers: IncomingMessage['headers'] = {}, method = 'GET') =>
  ({ method, url, headers, socket: { remoteAddress: '203.0.113.7' } }) as IncomingMessage;

test.each([
  ['/chats', '/chats', 'Rest'],
  ['/ws', '/ws', 'Rest'],
  ['/ws/chat', '/ws/chat', 'Rest'],
  ['//ws/chat/a?token=t', '//ws/chat/a?token=t', 'Rest'],
  // The pattern has no leading slash, and CloudFront may add it.
  ['/ws/group/a?token=t', '/ws/group/a?token=t', 'Rest'],
  ['//ws/group/a?token=t', '/live?token=t', 'Socket'],
  ['/users/ws/group/a?token=t', '/live?token=t', 'Socket'],
  ['//', '//', 'Rest'],
  ['/ws/chat/a?token=t', '/live?token=t', 'Socket'],
])('hands %s on as %s to the origin of its path', (url, forwarded, api) => {
  const host = `${api}.execute-api.local.amazonaws.com`;
  const headers = { host, 'chat-edge-key': `{{secret:secretsmanager:${api}}}` };
  expect(edge.forward(requestFor(url))).toMatchObject({ method: 'GET', url: forwarded, host, headers });
});

test('adds the client to X-Forwarded-For and shows the API an address of its own', () => {
  expect(edge.forward(requestFor('/'))).toMatchObject({
    headers: { 'x-forwarded-for': '203.0.113.7' },
    sourceIp: '192.0.2.1',
  });
});

test('keeps what the client wrote into X-Forwarded-For, and replaces its edge key', () => {
  const headers = { 'x-forwarded-for': 'spoofed', 'chat-edge-key': 'guessed', accept: '*/*' };
  expect(edge.forward(requestFor('/', headers))).toMatchObject({
    headers: {
      'x-forwarded-for': 'spoofed, 203.0.113.7',
      'chat-edge-key': '{{secret:secretsmanager:Rest}}',
      accept: '*/*',
    },
  });
});

describe('a body', () => {
  test.each([[{ 'content-length': '1' }], [{ 'transfer-encoding': 'chunked' }]])('in a GET is 403: %j', (headers) => {
    expect(edge.forward(requestFor('/chats', headers))).toMatchObject({ statusCode: 403 });
    expect(edge.forward(requestFor('/chats', headers, 'POST'))).toMatchObject({ url: '/chats' });
  });

  test('without a byte in a GET passes', () => {
    expect(edge.forward(requestFor('/chats', { 'content-length': '0' }))).toMatchObject({ url: '/chats' });
  });
});

test('refuses a method that the behavior does not allow; without a list it is all but GET and HEAD', () => {
  expect(edge.forward(requestFor('/chats', {}, 'POST'))).toMatchObject({ url: '/chats' });
  expect(edge.forward(requestFor('/chats', {}, 'TRACE'))).toMatchObject({ statusCode: 403 });
  expect(edge.forward(requestFor('/read/a', {}, 'HEAD'))).toMatchObject({ url: '/read/a' });
  expect(edge.forward(requestFor('/read/a', {}, 'POST'))).toMatchObject({ statusCode: 403 });
});

test('a stack without a distribution has no edge', () => {
  const { Distribution: _, ...others } = Resources;
  expect(edgeOf(others).forward(requestFor('/chats'))).toBeUndefined();
});
