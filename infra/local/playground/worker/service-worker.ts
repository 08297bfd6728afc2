/** Opens the page without a network. It keeps the page and its own files, and nothing that the server says about people. */

declare const self: ServiceWorkerGlobalScope;
/** The page with the files it consists of. The build puts both constants in. */
declare const SHELL: readonly string[];
declare const VERSION: string;

/** A network that takes longer shows the page that is kept. Milliseconds. */
const timeoutMs = 3000;
const prefix = 'shell-';
const cacheName = prefix + VERSION;

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && pathname === '/') event.respondWith(page(request));
  else if (pathname !== '/' && SHELL.includes(pathname + search)) event.respondWith(file(request));
});

/** All of it or nothing, so that the page that is kept finds its scripts. */
async function keep(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(SHELL);
  await self.skipWaiting();
}

async function takeOver(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** From the network, so that a reload shows what has changed. */
async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(timeoutMs) });
    return answer.ok ? answer : ((await kept('/')) ?? answer);
  } catch {
    return (await kept('/')) ?? fetch(request);
  }
}

/** Its URL has the hash of its content, so what is kept is right. */
const file = async (request: Request): Promise<Response> => (await kept(request)) ?? fetch(request);

const kept = async (request: RequestInfo): Promise<Response | undefined> =>
  (await caches.open(cacheName)).match(request);
