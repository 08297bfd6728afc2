import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { pagePolicy } from './content-security-policy.ts';
import { sendPageFile } from './page-file.ts';
import { type BuiltClient, buildClient, isCurrent, type Language, playgroundPath } from './playground-build.ts';

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
  const { pages, files } = await currentClient(wsPath);
  const language = languageOf(request.headers);
  const name = nameOf(pathname, language);
  const file = pathname === '/' ? pages[language] : (files.get(name) ?? previous.get(name));
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

const languageOf = ({ 'accept-language': languages = '' }: IncomingHttpHeaders): Language =>
  languages.startsWith('ru') ? 'ru' : 'en';

function nameOf(pathname: string, language: Language): string {
  const name = pathname.slice(playgroundPath.length);
  return name === 'manifest.webmanifest' ? `manifest.${language}.webmanifest` : name;
}
