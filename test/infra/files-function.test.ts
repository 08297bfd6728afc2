import { createHmac } from 'node:crypto';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { problems } from '#shared/contract/problems.ts';
import { edgeCode } from '../../infra/constructs/files-at-edge.ts';
import type { Json } from '../support/api-client.ts';

/** Midnight in UTC between Wednesday and Thursday. */
const midnight = Date.UTC(2026, 4, 7);
const dayMs = 86_400_000;
const today = midnight / dayMs;
let now = midnight + dayMs / 2;

const keys: Record<string, string> = { 2: 'this-key', 1: 'key-before' };
const code = edgeCode(keys);

/** The function that CloudFront calls, with what its runtime offers: one module, and the clock. */
const handler = runInContext(
  `${code}\n;handler`,
  createContext({
    require: (name: string) => (name === 'crypto' ? { createHmac } : undefined),
    Date: { now: () => now },
  }),
);

interface Url {
  scope?: string;
  day?: number | string;
  version?: string;
  key?: string;
}

/** The query of a URL, as the backend signs it. */
function sign({ scope = 'chats/c1', day = today, version = '2', key = keys[version] ?? 'no key' }: Url = {}): Json {
  const s = createHmac('sha256', key).update(`${scope}\n${day}`).digest('base64url');
  return { w: { value: String(day) }, v: { value: version }, s: { value: s } };
}

const call = (uri: string, querystring: Json = sign(), method = 'GET'): Json =>
  handler({
    version: '1.0',
    context: { eventType: 'viewer-request' },
    viewer: { ip: '192.0.2.1' },
    request: { method, uri, querystring, headers: {}, cookies: {} },
  });

const path = '/files/chats/c1/12/f1';

function expectRefused(answer: Json): void {
  const { status, title } = problems.invalid_file_url;
  const { statusCode, headers, body } = answer;
  expect(statusCode).toBe(status);
  expect(headers).toEqual({
    'content-type': { value: 'application/problem+json' },
    'cache-control': { value: 'no-store' },
    'access-control-allow-origin': { value: '*' },
  });
  expect(body.encoding).toBe('text');
  expect(JSON.parse(body.data)).toEqual({ type: 'about:blank', title, status, code: 'invalid_file_url' });
}

test.each([
  ['a file', path, sign()],
  ['its thumbnail', `${path}.thumbnail`, sign()],
  ['a group’s picture', '/files/chats/c1/picture/f1', sign()],
  ['an avatar', '/files/users/u1/f1', sign({ scope: 'users/u1' })],
  ['ids with every character that they have', '/files/chats/aZ09-_/1/-_', sign({ scope: 'chats/aZ09-_' })],
  ['a chat that is called __proto__', '/files/chats/__proto__/1/f1', sign({ scope: 'chats/__proto__' })],
  ['a URL of yesterday', path, sign({ day: today - 1 })],
  ['a URL of tomorrow, from a clock that is ahead', path, sign({ day: today + 1 })],
  ['a URL of the key version before', path, sign({ version: '1' })],
  ['a URL with another parameter', path, { ...sign(), utm: { value: 'x' } }],
])('passes on %s, as the object’s key without the query', (_what, uri, query) => {
  for (const method of ['GET', 'HEAD'])
    expect(call(uri, query, method)).toEqual({
      method,
      uri: uri.replace('/files', ''),
      querystring: {},
      headers: {},
      cookies: {},
    });
});

test.each([
  ['of the day before yesterday', sign({ day: today - 2 })],
  ['of last week', sign({ day: today - 7 })],
  ['of the day after tomorrow', sign({ day: today + 2 })],
  ['of another chat', sign({ scope: 'chats/c2' })],
  ['of a user with the id of the chat', sign({ scope: 'users/c1' })],
  ['of another day than it says', { ...sign({ day: today - 7 }), w: { value: String(today) } }],
  ['of another key than it says', { ...sign({ version: '1' }), v: { value: '2' } }],
  ['of a version that does not exist', sign({ version: '3', key: 'this-key' })],
  ['of the version __proto__', sign({ version: '__proto__', key: '[object Object]' })],
  ['of the version constructor', sign({ version: 'constructor', key: String(Object) })],
  ['with a day in another notation', sign({ day: `0${today}` })],
  ['with a day that is no number', sign({ day: 'NaN' })],
  ['without a query', {}],
  ['without a day', { ...sign(), w: undefined }],
  ['without a version', { ...sign(), v: undefined }],
  ['without a signature', { ...sign(), s: undefined }],
  ['with an empty signature', { ...sign(), s: { value: '' } }],
  ['with the beginning of a signature', { ...sign(), s: { value: sign().s.value.slice(0, 42) } }],
  ['with more than a signature', { ...sign(), s: { value: `${sign().s.value}=` } }],
  ['with one other character', { ...sign(), s: { value: sign().s.value.replace(/.$/, '*') } }],
])('refuses a URL %s', (_what, query) => {
  expectRefused(call(path, JSON.parse(JSON.stringify(query))));
});

test.each(['w', 'v', 's'])('refuses a URL that has the parameter %s twice', (name) => {
  const query = sign();
  query[name].multiValue = [query[name], { value: 'other' }];
  expectRefused(call(path, query));
});

test.each(['__proto__', 'toString', 'hasOwnProperty'])('takes a parameter %s for one like any other', (name) => {
  const named: Json = JSON.parse(`{"${name}":{"value":"1"}}`);
  expectRefused(call(path, named));
  expect(call(path, Object.assign(named, sign())).uri).toBe('/chats/c1/12/f1');
});

test('reads own parameters only, should CloudFront take a name for the prototype', () => {
  expectRefused(call(path, Object.create(sign())));
});

test.each([
  '/files/',
  '/files/chats/c1',
  '/files/chats/c1/',
  '/files/chats/c1/12/f1/',
  '/files/chats/c1/12/f1/x',
  '/files/chats/c1/12/f1.jpeg',
  '/files/chats/c1/12.thumbnail/f1',
  '/files/chats//c1/12/f1',
  '/files/chats/c1//f1',
  '/files//chats/c1/12/f1',
  '//files/chats/c1/12/f1',
  '/files/chats/c1/../c2/f1',
  '/files/chats/c1/12/..',
  '/files/chats/c1/./f1',
  '/files/chats/c1/%2e%2e/f1',
  '/files/chats/c1/12%2Ff1',
  '/files/chats/c1/12/f%31',
  '/files/chats/c1\\12\\f1',
  '/files/chats/c1/12/f1\n',
  '/files/chats/c1/12/ф1',
  '/files/CHATS/c1/12/f1',
  '/chats/c1/12/f1',
])('refuses the path %j, which no object has', (uri) => {
  expectRefused(call(uri));
});

test('never serves an upload, even with a signature for it', () => {
  expectRefused(call('/files/uploads/u1/f1', sign({ scope: 'uploads/u1' })));
  expectRefused(call('/files/users/../uploads/u1/f1', sign({ scope: 'users/..' })));
});

test('lets a signature through until the next day is over in UTC', () => {
  now = midnight + 2 * dayMs - 1;
  expect(call(path).uri).toBe('/chats/c1/12/f1');
  now += 1;
  expectRefused(call(path));
  now = midnight + dayMs / 2;
});

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'])('refuses %s', (method) => {
  expectRefused(call(path, sign(), method));
});

test('answers a browser that asks before it sends a request', () => {
  const { statusCode, headers } = call(path, {}, 'OPTIONS');
  expect(statusCode).toBe(204);
  expect(headers['access-control-allow-origin']).toEqual({ value: '*' });
  expect(headers['access-control-allow-methods']).toEqual({ value: 'GET, HEAD' });
});

test('refuses everything if no key was put into it', () => {
  const without = edgeCode({});
  expect(without).not.toContain('FILES_KEYS');
  const bare = runInContext(`${without}\n;handler`, createContext({ require: () => ({ createHmac }), Date }));
  expectRefused(bare({ request: { method: 'GET', uri: path, querystring: sign() } }));
});

test('is small enough for CloudFront with two keys of 43 characters', () => {
  expect(Buffer.byteLength(code) + 2 * 43).toBeLessThan(10_240);
});
