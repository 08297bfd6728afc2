import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Runner } from '../../infra/local/runner.ts';
import { request } from '../support/api-client.ts';
import { rawSocket, statusOf } from '../support/raw-socket.ts';

/** What the runner has for the functions and the developer, and what others get of it. */

const folder = mkdtempSync(join(tmpdir(), 'chat-private-'));
const [disk, link] = [join(folder, 'disk'), join(folder, 'link')];
const openaiKey = 'sk-of-the-developer';
let runner: Runner;
beforeAll(async () => {
  mkdirSync(disk);
  symlinkSync(disk, link);
  const openai = { apiKey: openaiKey, baseUrl: 'http://127.0.0.1:9' };
  runner = await Runner.start({ port: 0, dynamodb: inject('dynamodb'), folder: link, openai, log: () => {} });
});
afterAll(async () => {
  await runner.close();
  rmSync(folder, { recursive: true });
});

const ask = (method: string, path: string, headers: Record<string, string> = {}, body = '') => {
  const fields = { host: 'localhost', 'content-length': String(body.length), ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return statusOf(rawSocket(runner.url, `${[`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n')}${body}`));
};

const paths = [
  ['POST', '/_local/aws'],
  ['POST', '/_local/aws/2015-03-31/functions/x/invocations'],
  ['GET', '/_local/sms?phone=79991234567'],
  ['GET', '/_local/push'],
  ['GET', '/_local/credentials'],
  ['POST', '/_local/fcm/token'],
  ['POST', '/_local/google/token'],
  ['POST', '/_local/openai/v1/chat/completions'],
  ['POST', '/v2/spaces'],
  ['POST', '/live/@connections/x='],
  ['POST', '/live/%40connections/x='],
] as const;

test.each(paths)('%s %s is refused under a name that was rebound to this machine', async (method, path) => {
  expect(await ask(method, path, { host: 'pages.example' })).toBe(403);
});

test('the name in a target that is a whole URL counts, not the header', async () => {
  expect(await ask('GET', 'http://pages.example/_local/sms?phone=79991234567')).toBe(403);
  expect(await ask('GET', 'http://localhost/_local/sms?phone=79991234567', { host: 'pages.example' })).toBe(200);
});

test('the text messages are shown under the name localhost, and to no other name', async () => {
  expect(await ask('GET', '/_local/sms?phone=79991234567')).toBe(200);
  expect(await ask('GET', '/_local/sms?phone=79991234567', { host: '127.0.0.1.pages.example:3000' })).toBe(403);
});

test('the API and the pages answer under any name, as for a phone in the same network', async () => {
  for (const path of ['/', '/docs', '/health', '/_local/playground/style.css'])
    expect(await ask('GET', path, { host: '192.0.2.7:3000' }), path).toBe(200);
});

test('S3 answers under any name, for phones that upload', async () => {
  expect(await ask('PUT', '/_local/s3/no-bucket/a', { host: '192.0.2.7:3000' })).toBe(404);
});

test.each([
  ['without a signature', undefined],
  [
    'with the id of a function and a made-up signature',
    `AWS4-HMAC-SHA256 Credential=LOCALaiaskassistant/20260101/local/secretsmanager/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
  ],
])('a secret is not given out %s', async (_what, authorization) => {
  const response = await fetch(`${runner.url}/_local/aws`, {
    method: 'POST',
    headers: { 'x-amz-target': 'secretsmanager.GetSecretValue', ...(authorization && { authorization }) },
    body: '{"SecretId":"OperatorSecret63112C0F"}',
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toMatch(/AccessDeniedException.*User: nobody/);
});

test('the names of operations are no properties of an object', async () => {
  for (const target of ['toString', 'constructor', '__proto__'])
    expect(await ask('POST', '/_local/aws', { 'x-amz-target': target }, '{}')).toBe(400);
});

test('the private paths and the pages forbid browsers to guess their type', async () => {
  for (const path of [
    '/',
    '/docs',
    '/docs/scalar.js',
    '/_local/playground/main.js',
    '/_local/playground/nothing.js',
    '/_local/sms',
    '/_local/aws',
  ]) {
    const response = await fetch(runner.url + path);
    await response.body?.cancel();
    expect(response.headers.get('x-content-type-options'), path).toBe('nosniff');
  }
});

test('a body that is too long is refused, announced or not', async () => {
  expect(await ask('POST', '/auth/login', { 'content-length': '6291457' })).toBe(413);
  const head = 'POST /auth/login HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n';
  const socket = rawSocket(runner.url, head);
  const status = statusOf(socket);
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  for (let n = 0; n < 97; n++) socket.write(chunk);
  expect(await status).toBe(413);
  socket.destroy();
});

test.runIf(process.platform === 'linux')('/health reports a full disk, until there is room again', async () => {
  rmSync(link);
  // A file system without room for a single byte.
  symlinkSync('/proc', link);
  const { status, body } = await request(runner.url, 'GET', '/health');
  expect({ status, body }).toMatchObject({ status: 503, body: { status: 503, code: 'unavailable' } });
  rmSync(link);
  symlinkSync(disk, link);
  expect((await request(runner.url, 'GET', '/health')).status).toBe(200);
});
