import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeEach, describe, expect, test } from 'vitest';
import { s3 } from '../../../../support/stand-ins/s3.ts';
import { outcome } from './serve-s3.ts';
import { presigned } from './signed.ts';

/** Presigned PUTs, as phones and browsers upload with them. */

let key: string;
beforeEach(() => {
  key = `uploads/u1/${randomUUID()}`;
});

interface Upload {
  content?: Uint8Array;
  /** Replace those that were signed; null leaves one out. */
  sent?: Record<string, string | null>;
  expiresIn?: number;
  at?: Date;
}

const signedHeadersFor = (content: Uint8Array) => ({
  'content-type': 'image/jpeg',
  'content-length': String(content.length),
  'if-none-match': '*',
});

async function upload({ content = Buffer.from('content'), sent = {}, ...signing }: Upload = {}): Promise<Response> {
  const headers = signedHeadersFor(content);
  const url = await presigned({ method: 'PUT', url: `${s3.url}/${key}`, headers, ...signing });
  const all = Object.entries({ ...headers, ...sent }).filter(
    ([name, value]) => value !== null && name !== 'content-length',
  );
  return fetch(url, { method: 'PUT', headers: Object.fromEntries(all) as Record<string, string>, body: content });
}

test('stores an upload with its type, its MD5 as the ETag and the time', async () => {
  const content = Buffer.from('content');
  const before = Date.now();
  const response = await upload({ content });
  const etag = `"${createHash('md5').update(content).digest('hex')}"`;
  expect([response.status, response.headers.get('etag')]).toEqual([200, etag]);
  const stored = await s3.read(key);
  expect(stored).toMatchObject({ content, contentType: 'image/jpeg', length: 7, etag });
  expect(stored?.lastModified).toBeGreaterThanOrEqual(before);
});

test.each([
  ['no bytes', 0],
  ['25 MB', 25 * 1024 * 1024],
])('stores %s', async (_what, length) => {
  const content = randomBytes(length);
  expect((await upload({ content })).status).toBe(200);
  expect((await s3.read(key))?.content.equals(content)).toBe(true);
});

test('signs with a session token as well', async () => {
  const headers = signedHeadersFor(Buffer.from('a'));
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local', sessionToken: 'a/token+with=signs' };
  const url = await presigned({ method: 'PUT', url: `${s3.url}/${key}`, headers, credentials });
  const { 'content-length': _, ...sent } = headers;
  expect((await fetch(url, { method: 'PUT', headers: sent, body: 'a' })).status).toBe(200);
});

describe('refuses, and stores nothing,', () => {
  test.each<[string, Upload, [number, string]]>([
    ['another type', { sent: { 'content-type': 'image/png' } }, [403, 'SignatureDoesNotMatch']],
    ['a missing If-None-Match', { sent: { 'if-none-match': null } }, [403, 'SignatureDoesNotMatch']],
    ['an unsigned header of AWS', { sent: { 'x-amz-acl': 'public-read' } }, [403, 'AccessDenied']],
    ['a URL that has expired', { at: new Date(Date.now() - 301_000) }, [403, 'AccessDenied']],
    ['a URL from the future', { at: new Date(Date.now() + 16 * 60_000) }, [403, 'AccessDenied']],
  ])('%s', async (_what, changed, expected) => {
    expect(await outcome(await upload(changed))).toEqual(expected);
    expect(await s3.keys(key)).toEqual([]);
  });
});

test('says that a URL has expired, and when', async () => {
  const at = new Date(Math.floor(Date.now() / 1000) * 1000 - 301_000);
  const body = await (await upload({ at })).text();
  expect(body).toContain('<Message>Request has expired</Message>');
  expect(body).toContain(`<Expires>${new Date(at.getTime() + 300_000).toISOString()}</Expires>`);
});

test('never replaces an object', async () => {
  await s3.put(key, 'the first');
  expect(await outcome(await upload())).toEqual([412, 'PreconditionFailed']);
  expect((await s3.read(key))?.content.toString()).toBe('the first');
});

test('refuses to replace an object before the upload has been sent', async () => {
  await s3.put(key, 'the first');
  const headers = signedHeadersFor(Buffer.alloc(1000));
  const url = new URL(await presigned({ method: 'PUT', url: `${s3.url}/${key}`, headers }));
  const socket = connect(Number(url.port), url.hostname);
  const lines = Object.entries({ host: url.host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  socket.write(`PUT ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 412 /);
  socket.destroy();
});
