import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request as it reaches an API: directly, or as the edge has changed it. */
export interface ApiRequest {
  method: string;
  /** Path and query, as sent. */
  url: string;
  headers: IncomingHttpHeaders;
  /** The peer's address, which behind the edge is not the client's. */
  sourceIp: string;
}

/** A request that comes to an API without the edge. */
export const directRequest = ({ method = 'GET', url = '/', headers, socket }: IncomingMessage): ApiRequest => ({
  method,
  url,
  headers,
  sourceIp: socket.remoteAddress ?? '',
});

/** Adds a peer's address to X-Forwarded-For. CloudFront and API Gateway keep what others have written there before. */
export const addForwardedFor = (headers: IncomingHttpHeaders, address: string): IncomingHttpHeaders => ({
  ...headers,
  'x-forwarded-for': [headers['x-forwarded-for'], address].filter(Boolean).join(', '),
});

/** The parts of a path with a query, which may contain further question marks. */
export function splitUrl(url: string): { path: string; query: string } {
  const [path = '', ...query] = url.split('?');
  return { path, query: query.join('?') };
}
