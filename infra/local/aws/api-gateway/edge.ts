import type { IncomingMessage } from 'node:http';
import type { BucketOrigin, EdgeBehavior } from '../cloudformation/distribution.ts';
import { type ApiRequest, addForwardedFor, directRequest, splitUrl } from './api-request.ts';
import { type EdgeAnswer, type EdgeFunction, type EdgeRequest, loadEdgeFunction } from './edge-function.ts';

/** What the APIs see as the address of CloudFront: one that no client has, so that nobody takes it for a client's. */
const edgeAddress = '192.0.2.1';

/** A request that the edge hands on, and the host of the API or bucket that gets it. */
export interface ForwardedRequest extends ApiRequest {
  host: string;
  bucket: BucketOrigin | undefined;
}

interface Behavior extends Pick<EdgeBehavior, 'host' | 'headers' | 'methods' | 'bucket'> {
  pattern: RegExp;
  handler: EdgeFunction | undefined;
}

/** CloudFront in front of the APIs and the bucket: what the template's distribution does to a request. */
export class Edge {
  private readonly behaviors: Behavior[];

  /** `resolve` replaces dynamic references in the origins' headers and in the functions' code. */
  constructor(behaviors: EdgeBehavior[], resolve: (value: string) => string) {
    this.behaviors = behaviors.map(({ pattern, headers, code, ...behavior }) => ({
      ...behavior,
      pattern: expressionOf(pattern),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, resolve(value)])),
      handler: code === undefined ? undefined : loadEdgeFunction(resolve(code)),
    }));
  }

  /** The request that an API gets, or the edge's own answer; undefined without a distribution. */
  forward(request: IncomingMessage): ForwardedRequest | EdgeAnswer | undefined {
    const { method, url, headers, sourceIp } = directRequest(request);
    const behavior = this.behaviors.find(({ pattern }) => pattern.test(splitUrl(url).path));
    if (!behavior) return undefined;
    if (!behavior.methods.includes(method)) return refusedMethod;
    if (method === 'GET' && hasBody(request)) return refusedBody;
    const rewritten = behavior.handler ? rewrite(method, url, behavior.handler) : url;
    if (typeof rewritten === 'object') return rewritten;
    const { host, bucket } = behavior;
    const forwarded = { ...addForwardedFor(headers, sourceIp), ...behavior.headers, host };
    return { method, url: rewritten, headers: forwarded, sourceIp: edgeAddress, host, bucket };
  }
}

/** CloudFront calls the leading slash of a pattern optional. Every path has one, so a pattern without it gets it here. */
const expressionOf = (pattern: string) => new RegExp(`^/${pattern.replace(/^\//, '').replaceAll('*', '.*')}$`);

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const refused = (reason: string): EdgeAnswer => ({
  statusCode: 403,
  headers: { 'content-type': { value: 'text/html' } },
  body: { data: `<html><body><h1>403 ERROR</h1>${reason}</body></html>\n` },
});
const refusedBody = refused('Bad request.');
const refusedMethod = refused(
  'This distribution is not configured to allow the HTTP request method that was used for this request.',
);

function rewrite(method: string, url: string, handler: EdgeFunction): string | EdgeAnswer {
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
