import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Edge } from '../../infra/local/edge.ts';

const code = readFileSync(join(import.meta.dirname, '../../infra/edge/viewer-request.js'), 'utf8');
const edge = new Edge([{ pattern: '/ws/*', code }]);
const rewrite = (url: string) => edge.rewrite('GET', url);

test.each([
  ['the app’s URL', '/ws/chat/c1?token=t', '/live?token=t&chatId=c1'],
  ['an encoded id, left as it is', '/ws/chat/a%2Fb?token=t', '/live?token=t&chatId=a%2Fb'],
  ['a URL without a token', '/ws/chat/c1', '/live?chatId=c1'],
  ['a slash at the end', '/ws/chat/c1/?token=t', '/live?token=t&chatId=c1'],
  ['a chatId of the client’s own', '/ws/chat/c1?chatId=other&token=t', '/live?chatId=c1&token=t'],
  ['several of them', '/ws/chat/c1?chatId=x&chatId=y&token=t', '/live?chatId=c1&token=t'],
])('rewrites %s', (_what, url, expected) => {
  expect(rewrite(url)).toBe(expected);
});

test.each(['/ws/', '/ws/chat', '/ws/chat/', '/ws/chat/a/b', '/ws/other/a'])(
  'answers that there is nothing at %s',
  (url) => {
    expect(rewrite(url)).toBeUndefined();
  },
);

/** What CloudFront calls it with. */
const handler = runInContext(`${code}\n;handler`, createContext({}));
const ask = (uri: string, querystring: object) =>
  handler({
    version: '1.0',
    context: { eventType: 'viewer-request' },
    viewer: { ip: '192.0.2.1' },
    request: { method: 'GET', uri, querystring, headers: {}, cookies: {} },
  });

test('takes and gives CloudFront’s own form', () => {
  const querystring = { token: { value: 't' }, chatId: { value: 'y', multiValue: [{ value: 'x' }, { value: 'y' }] } };
  expect(ask('/ws/chat/c1', querystring)).toEqual({
    method: 'GET',
    uri: '/live',
    querystring: { token: { value: 't' }, chatId: { value: 'c1' } },
    headers: {},
    cookies: {},
  });
  expect(ask('/ws/chat/', {})).toEqual({ statusCode: 404, statusDescription: 'Not Found' });
});

test.each([
  ['a long token', { token: { value: 't'.repeat(4100) } }],
  [
    'many short ones',
    { token: { value: 't', multiValue: Array.from({ length: 50 }, () => ({ value: 't'.repeat(90) })) } },
  ],
])('refuses a URL that API Gateway would not take: %s', (_what, querystring) => {
  expect(ask('/ws/chat/c1', querystring)).toEqual({ statusCode: 414, statusDescription: 'URI Too Long' });
});

test('leaves every other path alone', () => {
  expect(rewrite('/live?chatId=c1&token=t')).toBe('/live?chatId=c1&token=t');
});
