import { expect, test } from 'vitest';
import { outcome, serveS3 } from './serve-s3.ts';
import { presigned } from './signed.ts';

/** Pages of other origins, which upload with presigned URLs. */

const rule = { methods: ['PUT'], headers: ['content-type', 'X-Custom-*'], exposed: ['etag'], maxAge: 3600 };

async function preflight(origins: string[], headers: Record<string, string>): Promise<Response> {
  const { url } = await serveS3({ bucket: { cors: [{ ...rule, origins }] } });
  return fetch(`${url}/a`, { method: 'OPTIONS', headers });
}
const asks = (origin: string, method: string, headers: string) => ({
  origin,
  'access-control-request-method': method,
  'access-control-request-headers': headers,
});

test('a preflight needs no signature and names what it asked for', async () => {
  const response = await preflight(['*'], asks('https://app.example', 'PUT', 'content-type, x-custom-a'));
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'PUT',
    'access-control-allow-headers': 'content-type, x-custom-a',
    'access-control-max-age': '3600',
  });
});

test.each([
  ['another origin', asks('https://evil.example', 'PUT', 'content-type')],
  ['an origin that only begins alike', asks('https://app.example.evil', 'PUT', '')],
  ['another method', asks('https://app.example', 'DELETE', '')],
  ['another header', asks('https://app.example', 'PUT', 'content-type, if-none-match')],
])('a preflight of %s is refused', async (_what, headers) => {
  expect(await outcome(await preflight(['https://app.example'], headers))).toEqual([403, 'AccessForbidden']);
});

test('a preflight has an origin', async () => {
  expect(await outcome(await preflight(['*'], {}))).toEqual([400, 'BadRequest']);
});

test('the answer to an upload can be read by the origin, an error too', async () => {
  const origins = ['https://*.example'];
  const { url } = await serveS3({ bucket: { cors: [{ ...rule, origins }] } });
  const to = await presigned({ method: 'PUT', url: `${url}/a` });
  const upload = (target: string, origin: string) =>
    fetch(target, { method: 'PUT', headers: { origin }, body: 'content' });
  for (const target of [to, to.replace(/.$/, 'x')]) {
    const allowed = await upload(target, 'https://app.example');
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(allowed.headers.get('access-control-expose-headers')).toBe('etag');
    const foreign = await upload(target, 'https://app.test');
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  }
});
