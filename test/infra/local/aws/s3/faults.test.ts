import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import type { Fault } from '../../../../../infra/local/aws/chaos.ts';
import { ObjectStore } from '../../../../../infra/local/aws/s3/object-store.ts';
import { s3 } from '../../../../support/stand-ins/s3.ts';
import { outcome, serveS3 } from './serve-s3.ts';
import { presigned } from './signed.ts';

/** What goes wrong: with `--chaos`, for a test that wants it, or because the server was killed. */

async function upload(fault: Fault) {
  const { url, store } = await serveS3({ chaos: { strikes: (kind) => kind === fault } });
  const to = await presigned({ method: 'PUT', url: `${url}/a` });
  const sending = fetch(to, { method: 'PUT', body: 'content' });
  return { sending, store };
}

test('a throttled request is 503 and has done nothing', async () => {
  const { sending, store } = await upload('storageThrottled');
  expect(await outcome(await sending)).toEqual([503, 'SlowDown']);
  expect(await store.keys('files')).toEqual([]);
});

test.each<[Fault, string[]]>([
  ['storageCut', []],
  ['storageAnswerLost', ['a']],
])('%s breaks the connection, with %j stored', async (fault, keys) => {
  const { sending, store } = await upload(fault);
  await expect(sending).rejects.toThrow('fetch failed');
  expect(await store.keys('files')).toEqual(keys);
});

test('an upload that breaks off leaves nothing behind', async () => {
  const { url, folder, store } = await serveS3();
  const to = new URL(await presigned({ method: 'PUT', url: `${url}/a` }));
  const socket = connect(Number(to.port), to.hostname);
  const head = [`PUT ${to.pathname}${to.search} HTTP/1.1`, `host: ${to.host}`, 'content-length: 10', '', '12345'];
  socket.write(head.join('\r\n'));
  const unfinished = () => (existsSync(join(folder, '_')) ? readdirSync(join(folder, '_')) : []);
  await expect.poll(unfinished).toHaveLength(1);
  socket.destroy();
  await expect.poll(unfinished).toEqual([]);
  expect(await store.keys('files')).toEqual([]);
});

test('the stand-in fails as often and for what it is told', async () => {
  const send = async (method: string) => fetch(await presigned({ method, url: `${s3.url}/chats/a` }), { method });
  s3.failNext(503, { times: 2, of: /^DELETE chats\// });
  expect((await send('PUT')).status).toBe(200);
  expect(await outcome(await send('DELETE'))).toEqual([503, 'SlowDown']);
  expect((await send('DELETE')).status).toBe(503);
  s3.failNext('no answer');
  await expect(send('DELETE')).rejects.toThrow('fetch failed');
  expect(await s3.keys('chats/')).toEqual(['chats/a']);
  s3.failNext('answer lost');
  await expect(send('DELETE')).rejects.toThrow('fetch failed');
  expect(await s3.keys('chats/')).toEqual([]);
  s3.failNext('no answer', { times: 9 });
  s3.recover();
  expect((await send('DELETE')).status).toBe(204);
});

const bytes = (text: string) => Readable.from([Buffer.from(text)]);

test('objects are there in the next run, what was unfinished is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-s3-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const headers = { contentType: 'text/plain' };
  const keys = ['..', '.', 'a/../b', 'ключ', 'a%2Fb'];
  const first = new ObjectStore(folder);
  for (const key of keys) await first.write('files', key, { body: bytes(key), headers });
  mkdirSync(join(folder, '_'), { recursive: true });
  writeFileSync(join(folder, '_', 'killed'), 'half');
  const next = new ObjectStore(folder);
  expect(await next.keys('files')).toEqual(keys.toSorted());
  for (const key of keys)
    expect(await next.find('files', key)).toMatchObject({ ...headers, length: Buffer.byteLength(key) });
  expect(() => rmSync(join(folder, '_', 'killed'))).toThrow('ENOENT');
});

test('objects expire by the bucket’s lifecycle rules', async () => {
  const { s3: served, store } = await serveS3({ bucket: { expiring: [{ prefix: 'uploads/', days: 1 }] } });
  for (const key of ['uploads/a', 'chats/a']) await store.write('files', key, { body: bytes(key), headers: {} });
  const inADay = Date.now() + 24 * 60 * 60 * 1000;
  await served.removeExpired(inADay - 60_000);
  expect(await store.keys('files')).toEqual(['chats/a', 'uploads/a']);
  await served.removeExpired(inADay);
  expect(await store.keys('files')).toEqual(['chats/a']);
});

test('of two writers of a new key one wins', async () => {
  const { store } = await serveS3();
  const write = (text: string) => store.write('files', 'a', { body: bytes(text), headers: {}, onlyNew: true });
  const written = await Promise.all(['first', 'second', 'third'].map(write));
  expect(written.filter(Boolean)).toHaveLength(1);
});
