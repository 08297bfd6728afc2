import type { IncomingMessage } from 'node:http';

/**
 * Rewrites a request whose target is a whole URL, as HTTP clients send it through a proxy, to one with a path. The URL's host
 * replaces the header (RFC 9112, 3.2.2).
 */
export function toOriginForm(request: IncomingMessage): void {
  const [, host, path = ''] = /^https?:\/\/([^/?]+)(.*)$/i.exec(request.url ?? '') ?? [];
  if (host === undefined) return;
  request.url = path.startsWith('/') ? path : `/${path}`;
  request.headers.host = host;
}
