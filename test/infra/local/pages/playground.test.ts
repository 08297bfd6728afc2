import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { showPlayground } from '../../../../infra/local/pages/playground.ts';
import { buildClient, isCurrent } from '../../../../infra/local/pages/playground-build.ts';

/** How the runner serves the files of the web client. */

const below = '/_local/playground/';
const server = createServer((...http) => void showPlayground(...http, '/live'));
beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => void server.close());

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Not `fetch`, which would undo the compression. */
async function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, host: '127.0.0.1', path, headers }).end();
  const [answer] = await once(sent, 'response');
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
}

const filesOf = (page: string) =>
  Array.from(page.matchAll(/(?:href|src|data-unread)="([^"]+)"/g), ([, path = '']) => path).filter(
    (path) => !path.endsWith('/manifest.webmanifest'),
  );

test('the page names files by their content, which browsers may keep for ever', async () => {
  const page = await get('/');
  expect(page.headers['cache-control']).toBe('no-cache');
  expect(String(page.body)).toContain('data-ws-path="/live"');
  const paths = filesOf(String(page.body));
  expect(paths).toHaveLength(6 + paths.filter((path) => path.includes('/chunks/')).length);
  for (const path of paths) {
    const { status, headers } = await get(path);
    expect([status, headers['cache-control']], path).toEqual([200, 'public, max-age=31536000, immutable']);
  }
});

test.each(['main.js', 'style.css', 'main.js?v=0123456789abcdef'])(
  '%s, which does not name its content, is asked for each time',
  async (path) => {
    const { status, headers } = await get(below + path);
    expect([status, headers['cache-control']]).toEqual([200, 'no-cache']);
    const again = await get(below + path, { 'if-none-match': `"something-else", ${headers.etag}` });
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, headers.etag]);
    const other = await get(below + path, { 'if-none-match': '"something-else"' });
    expect(other.status).toBe(200);
  },
);

test('is compressed for those who accept it', async () => {
  const plain = await get(`${below}style.css`);
  const zipped = await get(`${below}style.css`, { 'accept-encoding': 'gzip, deflate, br' });
  expect([plain, zipped].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip']);
  expect(gunzipSync(zipped.body).equals(plain.body)).toBe(true);
  expect(zipped.headers.etag).not.toBe(plain.headers.etag);
  expect(plain.headers.vary).toContain('accept-encoding');
});

test('a script has its source map in a file beside it', async () => {
  const script = String((await get(`${below}main.js`)).body);
  const [, map = ''] = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(script) ?? [];
  const { sources } = JSON.parse(String((await get(below + map)).body));
  expect(sources).toContain('main.tsx');
});

test.each([
  ['ru-RU,ru;q=0.9,en;q=0.8', 'Групповой чат'],
  ['en-US,en;q=0.9', 'Group chat'],
  ['', 'Group chat'],
])('the manifest for "%s" has the name %s, and icons of the sizes that it says', async (language, name) => {
  const { headers, body } = await get(`${below}manifest.webmanifest`, { 'accept-language': language });
  const manifest = JSON.parse(String(body));
  expect(headers['content-type']).toMatch(/^application\/manifest\+json/);
  expect(manifest).toMatchObject({ name, id: '/', start_url: '/', display: 'standalone' });
  const icons = manifest.icons as { src: string; sizes: string; type: string; purpose?: string }[];
  expect(icons.map(({ sizes, purpose }) => [sizes, purpose])).toEqual([
    ['any', undefined],
    ['192x192', undefined],
    ['512x512', undefined],
    ['512x512', 'maskable'],
  ]);
  for (const { src, sizes, type } of icons) {
    const icon = await get(src);
    expect([icon.status, icon.headers['content-type']], src).toEqual([200, type]);
    // The first chunk of a PNG begins with its width and height.
    if (type === 'image/png') expect(`${icon.body.readUInt32BE(16)}x${icon.body.readUInt32BE(20)}`).toBe(sizes);
  }
});

test('the service worker may serve the page, and keeps all of it except maps and icons', async () => {
  const { headers, body } = await get(`${below}service-worker.js`);
  expect([headers['service-worker-allowed'], headers['cache-control']]).toEqual(['/', 'no-cache']);
  const paths = filesOf(String((await get('/')).body)).filter((path) => !path.includes('.png'));
  for (const path of ['/', ...paths]) expect(String(body)).toContain(`"${path}"`);
  expect(String(body)).not.toMatch(/\.(map|png|webmanifest)["?]/);
});

test('what does not exist is 404', async () => {
  for (const name of ['', 'nothing.js', 'chunks/nothing-ABCDEFGH.js', '../main.tsx'])
    expect((await get(below + name)).status, name).toBe(404);
});

test('a change of a source makes a build out of date', async () => {
  const client = await buildClient('');
  expect(isCurrent(client)).toBe(true);
  expect(isCurrent({ ...client, startedAt: 0 })).toBe(false);
  expect(isCurrent({ ...client, sources: [...client.sources, 'deleted.ts'] })).toBe(false);
});
