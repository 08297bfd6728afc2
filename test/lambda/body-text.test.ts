import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bodyText } from '#shared/lambda/body-text.ts';
import type { RestEvent } from '#shared/lambda/log-request.ts';
import { parseJson } from '#shared/lambda/validation.ts';
import { restEvent } from '../../infra/local/aws/api-gateway/rest-event.ts';

/** What a function reads of the bytes that a client sent, after API Gateway has made an event of them. */

const api = { id: 'Api', protocol: 'HTTP' as const, stage: '$default', cors: undefined, routes: [] };
function read(bytes: Buffer, headers: Record<string, string> = {}): string {
  const length = 'transfer-encoding' in headers ? {} : { 'content-length': String(bytes.length) };
  const request = { method: 'POST', url: '/', headers: { ...length, ...headers }, sourceIp: '192.0.2.1' };
  return bodyText(restEvent(api, request, { routeKey: '$default', params: undefined }, bytes) as RestEvent);
}
const refusal = (code: string) => expect.objectContaining({ code });

/** API Gateway hands on the first as text and the others as base64. */
const types = ['application/json', 'application/x-www-form-urlencoded', ''];

test.each(types)('reads UTF-8 of the type "%s", also with U+FFFD', (type) => {
  expect(read(Buffer.from('{"a":"Аня \ufffd 🇷🇺"}'), { 'content-type': type })).toBe('{"a":"Аня \ufffd 🇷🇺"}');
});

test.each(types)('a byte order mark in front of the type "%s" makes no difference', (type) => {
  expect(parseJson(read(Buffer.from('\ufeff{"a":1}'), { 'content-type': type }))).toEqual({ a: 1 });
});

describe('the charset', () => {
  const readAs = (charset: string, bytes: Buffer) =>
    read(bytes, { 'content-type': `application/json; charset=${charset}` });

  test.each([
    ...['utf-8', 'UTF-8', '"utf-8"', 'utf8', 'UTF_8', 'utf8mb4', 'unicode-1-1-utf-8', 'us-ascii', ''],
    // A header that was sent twice.
    'utf-8, application/json',
  ])('%s is read', (charset) => {
    expect(readAs(charset, Buffer.from('"Аня"'))).toBe('"Аня"');
  });

  // Clients name their usual charset without a need: Apache's StringEntity is in ISO-8859-1 unless told otherwise.
  test.each(['iso-8859-1', 'windows-1251', 'gbk', 'ansi_x3.4-1968'])('%s is read if the body is ASCII', (charset) => {
    expect(readAs(charset, Buffer.from('{\r\n\t"a": "b~"\n}'))).toBe('{\r\n\t"a": "b~"\n}');
  });

  test.each([
    ['iso-8859-1', Buffer.from('"café"', 'latin1')],
    ['"ISO-8859-1"', Buffer.from('"café"', 'latin1')],
    ['windows-1251, application/json', Buffer.from('"\xc0\xed\xff"', 'latin1')],
    ['utf-16', Buffer.from('{}', 'utf16le')],
    ['utf-16be', Buffer.from('{}', 'utf16le').swap16()],
    ['iso-2022-jp', Buffer.from('"\x1b$B$"\x1b(B"')],
  ])('%s is refused', (charset, bytes) => {
    expect(() => readAs(charset, bytes)).toThrow(refusal('unsupported_media_type'));
  });
});

test.each(['gzip', 'X-GZIP', 'deflate', 'br', 'zstd', 'identity, gzip'])(
  'refuses the encoding %s and says which it takes',
  (encoding) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
    expect(() => read(gzipSync('{}'), headers)).toThrow(
      expect.objectContaining({
        code: 'unsupported_media_type',
        details: expect.objectContaining({ headers: { 'accept-encoding': 'identity' } }),
      }),
    );
  },
);

test.each(['Identity', 'identity, identity', 'utf-8', 'none', '', '*'])(
  'reads the encoding "%s", which is none',
  (encoding) => {
    expect(read(Buffer.from('"Аня"'), { 'content-encoding': encoding })).toBe('"Аня"');
  },
);

test('of an empty body, takes any encoding and charset', () => {
  expect(read(Buffer.alloc(0), { 'content-encoding': 'gzip', 'content-type': 'text/plain; charset=utf-16' })).toBe('');
});

test.each(types)('refuses bytes of the type "%s" that are not UTF-8', (type) => {
  const headers = { 'content-type': type };
  const latin1 = Buffer.from('{"a":"café"}', 'latin1');
  expect(() => read(latin1, headers)).toThrow(refusal('malformed_json'));
  expect(() => read(gzipSync('{}'), headers)).toThrow(refusal('malformed_json'));
});

describe.each(types)('a body of the type "%s" that came in chunks, without a length', (type) => {
  const readChunked = (bytes: Buffer) => read(bytes, { 'content-type': type, 'transfer-encoding': 'chunked' });

  test('is read', () => {
    expect(readChunked(Buffer.from('"Аня 🇷🇺 \\ufffd"'))).toBe('"Аня 🇷🇺 \\ufffd"');
  });

  test.each([
    ['latin-1', Buffer.from('"café"', 'latin1')],
    ['half an emoji', Buffer.from('"\xf0\x9f\x98"', 'latin1')],
  ])('is refused if it is not UTF-8: %s', (_what, bytes) => {
    expect(() => readChunked(bytes)).toThrow(refusal('malformed_json'));
  });
});

test('of text without a length, U+FFFD is refused with another way to send it', () => {
  const chunked = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
  expect(() => read(Buffer.from('"\ufffd"'), chunked)).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ detail: expect.stringContaining('\\ufffd') }) }),
  );
});
