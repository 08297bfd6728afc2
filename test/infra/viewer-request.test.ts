import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { type ProblemCode, problems } from '#shared/contract/problems.ts';
import { Edge } from '../../infra/local/aws/api-gateway/edge.ts';
import type { Json } from '../support/api-client.ts';

const code = readFileSync(join(import.meta.dirname, '../../infra/edge/viewer-request.js'), 'utf8');
const behaviors = ['/ws/*', '*/ws/*'].map((pattern) => ({
  pattern,
  host: 'socket',
  methods: ['GET'],
  headers: {},
  code,
}));
const edge = new Edge(behaviors, (value) => value);
const forward = (url: string) => edge.forward({ method: 'GET', url, headers: {}, socket: {} } as IncomingMessage);

/** The URL that the API gets, or the edge's answer. */
function rewrite(url: string): unknown {
  const forwarded = forward(url);
  return forwarded && 'url' in forwarded ? forwarded.url : forwarded;
}

/** The function that CloudFront calls. */
const handler = runInContext(`${code}\n;handler`, createContext({}));
const callHandler = (uri: string, querystring: object): Json =>
  handler({
    version: '1.0',
    context: { eventType: 'viewer-request' },
    viewer: { ip: '192.0.2.1' },
    request: { method: 'GET', uri, querystring, headers: {}, cookies: {} },
  });

function expectProblem(answer: unknown, expected: ProblemCode): void {
  const { status, title } = problems[expected];
  const { statusCode, headers, body } = answer as Json;
  expect(statusCode).toBe(status);
  expect(headers['content-type']).toEqual({ value: 'application/problem+json' });
  expect(headers['cache-control']).toEqual({ value: 'no-store' });
  expect(body.encoding).toBe('text');
  expect(JSON.parse(body.data)).toEqual({ type: 'about:blank', title, status, code: expected });
}

test.each([
  ['the app’s URL', '/ws/chat/c1?token=t', '/live?token=t&chatId=c1'],
  ['an encoded id, left as it is', '/ws/chat/a%2Fb?token=t', '/live?token=t&chatId=a%2Fb'],
  ['an id that would be another parameter', '/ws/chat/a&chatId=b?token=t', '/live?token=t&chatId=a%26chatId=b'],
  ['an id that would be several parameters', '/ws/chat/a&b&c?token=t', '/live?token=t&chatId=a%26b%26c'],
  ['an id with pluses, which would be spaces', '/ws/chat/a+b+c?token=t', '/live?token=t&chatId=a%2Bb%2Bc'],
  ['an id in another script', '/ws/chat/%D1%87?token=t', '/live?token=t&chatId=%D1%87'],
  ['a URL without a token', '/ws/chat/c1', '/live?chatId=c1'],
  ['two slashes in front', '//ws/chat/c1?token=t', '/live?token=t&chatId=c1'],
  ['a slash at the end', '/ws/chat/c1/?token=t', '/live?token=t&chatId=c1'],
  ['a chatId parameter sent by the client', '/ws/chat/c1?chatId=other&token=t', '/live?chatId=c1&token=t'],
  ['several chatId parameters', '/ws/chat/c1?chatId=x&chatId=y&token=t', '/live?chatId=c1&token=t'],
  ['an inbox parameter sent by the client', '/ws/chat/c1?inbox=1&token=t', '/live?token=t&chatId=c1'],
  ['the inbox', '/ws/inbox?token=t', '/live?token=t&inbox=1'],
  ['the inbox without a token', '/ws/inbox', '/live?inbox=1'],
  ['the inbox with a slash at the end', '/ws/inbox/?token=t', '/live?token=t&inbox=1'],
  ['the inbox with two slashes in front', '//ws/inbox?token=t', '/live?token=t&inbox=1'],
  ['the inbox with a chatId parameter', '/ws/inbox?chatId=c1&chatId=c2&token=t', '/live?token=t&inbox=1'],
  ['the inbox with inbox parameters', '/ws/inbox?inbox=0&inbox=2&token=t', '/live?inbox=1&token=t'],
  ['a chat that is called inbox', '/ws/chat/inbox?token=t', '/live?token=t&chatId=inbox'],
  ['several tokens', '/ws/chat/c1?token=t&token=u', '/live?token=t&token=u&chatId=c1'],
])('rewrites %s', (_what, url, expected) => {
  expect(rewrite(url)).toBe(expected);
});

test.each([
  ...['/ws/chat/', '/ws/chat//', '/ws/chat/a/b', '/users/ws/chat/a'],
  ...['/ws/', '/ws/other', '/ws/inbox/a', '/ws/inboxes', '/users/ws/inbox'],
])('answers %s with route_not_found', (url) => {
  expectProblem(rewrite(url), 'route_not_found');
});

test('accepts and returns CloudFront’s own format', () => {
  const querystring = { token: { value: 't' }, chatId: { value: 'x', multiValue: [{ value: 'x' }, { value: 'y' }] } };
  expect(callHandler('/ws/chat/c1', querystring)).toEqual({
    method: 'GET',
    uri: '/live',
    querystring: { token: { value: 't' }, chatId: { value: 'c1' } },
    headers: {},
    cookies: {},
  });
  expectProblem(callHandler('/ws/chat/', {}), 'route_not_found');
});

const ninety = { value: 't'.repeat(90) };
test.each([
  ['a long token', 'c1', { token: { value: 't'.repeat(4100) } }],
  ['many short tokens', 'c1', { token: { ...ninety, multiValue: Array.from({ length: 50 }, () => ninety) } }],
  ['a long id', 'c'.repeat(4100), {}],
])('rejects a URL that is too long for API Gateway: %s', (_what, id, querystring) => {
  expectProblem(callHandler(`/ws/chat/${id}`, querystring), 'url_too_long');
});

test('passes on at most 4,000 characters, counted as API Gateway receives them', () => {
  const withToken = (length: number) => `/ws/chat/c1?token=${'t'.repeat(length)}`;
  const length = 4000 - '/live?token=&chatId=c1'.length;
  expect(rewrite(withToken(length))).toHaveLength(4000);
  expectProblem(rewrite(withToken(length + 1)), 'url_too_long');
});

test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
  'a parameter with a name that every object has, %s, is one like any other',
  (name) => {
    expect(rewrite(`/ws/chat/c1?${name}=1&${name}=2&token=t`)).toBe(`/live?${name}=1&${name}=2&token=t&chatId=c1`);
    const querystring: object = JSON.parse(`{"${name}":{"value":"1"},"token":{"value":"t"}}`);
    expect(callHandler('/ws/chat/c1', querystring).uri).toBe('/live');
  },
);

test('counts own parameters only, should CloudFront take a name for the prototype', () => {
  const querystring = Object.assign(Object.create({ value: '1' }), { token: { value: 't' } });
  expect(callHandler('/ws/chat/c1', querystring).uri).toBe('/live');
});

test('leaves every other path alone', () => {
  expect(forward('/live?chatId=c1&token=t')).toBeUndefined();
});

test('is small enough for CloudFront', () => {
  expect(Buffer.byteLength(code)).toBeLessThan(10_240);
});
