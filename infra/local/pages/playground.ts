import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { pagePolicy } from './content-security-policy.ts';
import { sendPageFile } from './page-file.ts';
import { type BuiltClient, buildClient, isCurrent, playgroundPath } from './playground-build.ts';

const headers = { 'content-security-policy': pagePolicy("'self'"), 'referrer-policy': 'no-referrer' };

/** The newest build, and where it expects the sockets. */
let newest: { client: Promise<BuiltClient>; wsPath: string } | undefined;
/** The files of the build before: a page that is open may still import a script of it. */
let previous: BuiltClient['files'] = new Map();

/** Builds again if a source has changed, so that a reload of the page shows the change. */
async function currentClient(wsPath: string): Promise<BuiltClient> {
  const before = newest;
  const built = await before?.client.catch(() => undefined);
  // Another request has begun to build.
  if (newest !== before) return currentClient(wsPath);
  if (built && before?.wsPath === wsPath && isCurrent(built)) return built;
  previous = built?.files ?? previous;
  newest = { client: buildClient(wsPath), wsPath };
  return newest.client;
}

/** `wsPath` is where the sockets are: "/live" without a distribution. */
export async function showPlayground(
  request: IncomingMessage,
  response: ServerResponse,
  wsPath: string,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const { page, files } = await currentClient(wsPath);
  const name = nameOf(pathname, request.headers);
  const file = pathname === '/' ? page : (files.get(name) ?? previous.get(name));
  if (!file) {
    response.writeHead(404, headers).end();
    return;
  }
  const isForever = name.startsWith('chunks/') || searchParams.get('v') === file.hash;
  sendPageFile(request, response, file, {
    ...headers,
    'cache-control': isForever ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding, accept-language',
    // It serves the page, which is not below its own path.
    ...(name === 'service-worker.js' && { 'service-worker-allowed': '/' }),
  });
}

/** The manifest is in the language of the browser. */
function nameOf(pathname: string, { 'accept-language': languages = '' }: IncomingHttpHeaders): string {
  const name = pathname.slice(playgroundPath.length);
  if (name !== 'manifest.webmanifest') return name;
  return languages.startsWith('ru') ? 'manifest.ru.webmanifest' : 'manifest.en.webmanifest';
}
