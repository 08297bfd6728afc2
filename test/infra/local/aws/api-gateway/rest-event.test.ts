import { describe, expect, test } from 'vitest';
import type { ApiRequest } from '../../../../../infra/local/aws/api-gateway/api-request.ts';
import { decodedPath, restEvent } from '../../../../../infra/local/aws/api-gateway/rest-event.ts';

/** The event that a function gets for a request. */

const api = { id: 'Api', protocol: 'HTTP' as const, stage: '$default', cors: undefined, routes: [] };
const eventOf = (request: Partial<ApiRequest>, body: string | Buffer = '') =>
  restEvent(
    api,
    { method: 'POST', url: '/', headers: {}, sourceIp: '192.0.2.1', ...request },
    { routeKey: '$default', params: undefined },
    Buffer.from(body),
  );

describe('a body', () => {
  const json = '{"name":"Аня"}';

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'text/plain',
    'text/html;charset=utf-8',
    'application/xml',
    'application/javascript',
  ])('of the type %s is text', (contentType) => {
    const event = eventOf({ headers: { 'content-type': contentType } }, json);
    expect(event).toMatchObject({ body: json, isBase64Encoded: false });
  });

  test.each([
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'application/problem+json',
    'application/jsonp',
    'multipart/form-data; boundary=x',
    'image/svg+xml',
    '',
    undefined,
  ])('of the type %s is base64', (contentType) => {
    const headers = contentType === undefined ? {} : { 'content-type': contentType };
    const event = eventOf({ headers }, json);
    expect(event).toMatchObject({ body: Buffer.from(json).toString('base64'), isBase64Encoded: true });
  });

  test('that is empty is left out', () => {
    expect(eventOf({})).toMatchObject({ isBase64Encoded: false });
    expect(eventOf({})).not.toHaveProperty('body');
  });
});

test.each([
  ['/%63hats', '/chats'],
  ['/users/%D0%B0?q=%D0%B0', '/users/а'],
  ['/a%2Fb', '/a/b'],
  ['/chats%3Flimit=1?x=1', '/chats'],
  ['/a%2525', '/a%25'],
  ['/broken%', '/broken%'],
])('the path of %s is %s', (url, path) => {
  expect(decodedPath(url)).toBe(path);
  const event = eventOf({ url });
  expect(event.rawPath).toBe(path);
  expect(event.requestContext.http.path).toBe(path);
});

test('the query stays encoded in rawQueryString, and its parameters are decoded and joined', () => {
  const event = eventOf({ url: '/?repeat=one&repeat=two&plus=a+b&encoded=a%2Bb&at=https%3A%2F%2Fexample.com&empty=' });
  expect(event.rawQueryString).toBe('repeat=one&repeat=two&plus=a+b&encoded=a%2Bb&at=https%3A%2F%2Fexample.com&empty=');
  expect(event.queryStringParameters).toEqual({
    repeat: 'one,two',
    plus: 'a b',
    encoded: 'a+b',
    at: 'https://example.com',
    empty: '',
  });
});

test('cookies have a list of their own', () => {
  const event = eventOf({ headers: { cookie: 'session=abc; theme=dark', accept: '*/*' } });
  expect(event.cookies).toEqual(['session=abc', 'theme=dark']);
  expect(event.headers).not.toHaveProperty('cookie');
});

test('the peer is added to X-Forwarded-For', () => {
  expect(eventOf({}).headers['x-forwarded-for']).toBe('192.0.2.1');
  const headers = { 'x-forwarded-for': 'spoofed, 203.0.113.7' };
  expect(eventOf({ headers }).headers['x-forwarded-for']).toBe('spoofed, 203.0.113.7, 192.0.2.1');
});
