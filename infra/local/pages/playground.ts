import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { pagePolicy } from './content-security-policy.ts';

/** The web client: the page at `/` and, below this path, its script and style. */
export const playgroundPath = '/_local/playground/';

const folder = join(import.meta.dirname, '../playground');

const policy = pagePolicy("'self'");

/** Bundled again for each page load, so that a change shows on the next reload. This takes about 0.1 s. */
async function bundle(file: 'main.tsx' | 'style.css'): Promise<string> {
  const built = await build({
    entryPoints: [join(folder, file)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2023',
    sourcemap: 'inline',
  });
  return built.outputFiles[0]?.text ?? '';
}

/** The logo of the page, and the one that says that there are unread messages. */
const drawing = (url: string): string =>
  readFileSync(join(folder, url.endsWith('/logo-unread.svg') ? 'logo-unread.svg' : 'logo.svg'), 'utf8');

const page = (wsPath: string): string =>
  readFileSync(join(folder, 'index.html'), 'utf8').replace('<html', `<html data-ws-path="${wsPath}"`);

/** `wsPath` is where the sockets are: "/live" without a distribution. */
export async function showPlayground(
  request: IncomingMessage,
  response: ServerResponse,
  wsPath: string,
): Promise<void> {
  const headers = { 'content-security-policy': policy, 'cache-control': 'no-cache', 'referrer-policy': 'no-referrer' };
  const answer = (type: string, body: string) =>
    response.writeHead(200, { ...headers, 'content-type': `${type}; charset=utf-8` }).end(body);
  if (request.url === `${playgroundPath}main.js`) answer('text/javascript', await bundle('main.tsx'));
  else if (request.url === `${playgroundPath}style.css`) answer('text/css', await bundle('style.css'));
  else if (request.url?.endsWith('.svg')) answer('image/svg+xml', drawing(request.url));
  else answer('text/html', page(wsPath));
}
