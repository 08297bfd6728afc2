import type { IncomingMessage } from 'node:http';
import { createContext, runInContext } from 'node:vm';
import type { EdgeBehavior } from '../cloudformation/distribution.ts';
import { type ApiRequest, addForwardedFor, directRequest, splitUrl } from './api-request.ts';

/** What the APIs see as the address of CloudFront: one that no client has, so that nobody takes it for a client's. */
const edgeAddress = '192.0.2.1';

/** An answer from the edge itself, without the origin. */
export interface EdgeAnswer {
  statusCode: number;
  headers: Record<string, { value: string }>;
  body: { data: string };
}

/** A request that the edge hands on, and the host of the API that gets it. */
export interface ForwardedRequest extends ApiRequest {
  host: string;
}

interface EdgeRequest {
  method: string;
  uri: string;
  querystring: Record<string, { value: string; multiValue?: { value: string }[] }>;
  headers: Record<string, { value: string }>;
  cookies: Record<string, never>;
}

interface Behavior extends Pick<EdgeBehavior, 'host' | 'headers'> {
  pattern: RegExp;
  handler: ((event: { request: EdgeRequest }) => EdgeRequest | EdgeAnswer) | undefined;
}

/** CloudFront in front of the APIs: what the template's distribution does to a request. */
export class Edge {
  private readonly behaviors: Behavior[];

  /** `resolve` replaces dynamic references in the origins' headers. */
  constructor(behaviors: EdgeBehavior[], resolve: (value: string) => string) {
    this.behaviors = behaviors.map(({ pattern, host, headers, code }) => ({
      pattern: expressionOf(pattern),
      host,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, resolve(value)])),
      handler: code === undefined ? undefined : runInContext(`${code}\n;handler`, createContext({})),
    }));
  }

  /** The request that an API gets, or the edge's own answer; undefined without a distribution. */
  forward(request: IncomingMessage): ForwardedRequest | EdgeAnswer | undefined {
    const { method, url, headers, sourceIp } = directRequest(request);
    const behavior = this.behaviors.find(({ pattern }) => pattern.test(splitUrl(url).path));
    if (!behavior) return undefined;
    if (method === 'GET' && hasBody(request)) return refusedBody;
    const rewritten = behavior.handler ? rewrite(method, url, behavior.handler) : url;
    if (typeof rewritten === 'object') return rewritten;
    const { host } = behavior;
    const forwarded = { ...addForwardedFor(headers, sourceIp), ...behavior.headers, host };
    return { method, url: rewritten, headers: forwarded, sourceIp: edgeAddress, host };
  }
}

/** CloudFront calls the leading slash of a pattern optional. Every path has one, so a pattern without it gets it here. */
const expressionOf = (pattern: string) => new RegExp(`^/${pattern.replace(/^\//, '').replaceAll('*', '.*')}$`);

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const refusedBody: EdgeAnswer = {
  statusCode: 403,
  headers: { 'content-type': { value: 'text/html' } },
  body: { data: '<html><body><h1>403 ERROR</h1>Bad request.</body></html>\n' },
};

function rewrite(method: string, url: string, handler: NonNullable<Behavior['handler']>): string | EdgeAnswer {
  const { path, query } = splitUrl(url);
  const request = { method, uri: path, querystring: parseQuery(query), headers: {}, cookies: {} };
  const result = handler({ request });
  return 'uri' in result ? `${result.uri}?${formatQuery(result.querystring)}` : result;
}

/** CloudFront keeps names and values percent-encoded. If a name occurs several times, `value` is the first one. */
function parseQuery(search: string): EdgeRequest['querystring'] {
  // Without a prototype: a client chooses the names, "toString" for instance.
  const query: EdgeRequest['querystring'] = Object.create(null);
  for (const pair of search.split('&').filter(Boolean)) {
    const [name = '', ...value] = pair.split('=');
    const here = { value: value.join('=') };
    const before = query[name];
    query[name] = before
      ? { ...before, multiValue: [...(before.multiValue ?? [{ value: before.value }]), here] }
      : here;
  }
  return query;
}

function formatQuery(query: EdgeRequest['querystring']): string {
  return Object.entries(query)
    .flatMap(([name, { value, multiValue }]) => (multiValue ?? [{ value }]).map((one) => `${name}=${one.value}`))
    .join('&');
}
