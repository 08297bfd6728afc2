import { createContext, runInContext } from 'node:vm';
import type { EdgePath } from '../cloudformation/edge-paths.ts';

/** An answer from the edge itself, without the origin. */
export interface EdgeAnswer {
  statusCode: number;
  headers: Record<string, { value: string }>;
  body: { data: string };
}

interface EdgeRequest {
  method: string;
  uri: string;
  querystring: Record<string, { value: string; multiValue?: { value: string }[] }>;
  headers: Record<string, { value: string }>;
  cookies: Record<string, never>;
}

/** CloudFront in front of the APIs: runs the distribution's viewer-request function on the paths it is configured for. */
export class Edge {
  private readonly paths: {
    prefix: string;
    handler: (event: { request: EdgeRequest }) => EdgeRequest | EdgeAnswer;
  }[];

  constructor(paths: EdgePath[]) {
    this.paths = paths.map(({ pattern, code }) => ({
      prefix: pattern.replace(/\*$/, ''),
      handler: runInContext(`${code}\n;handler`, createContext({})),
    }));
  }

  /** The URL that the origin gets, or the edge's own answer. */
  rewrite(method: string, url: string): string | EdgeAnswer {
    const { pathname, search } = new URL(url, 'http://edge');
    const path = this.paths.find(({ prefix }) => pathname.startsWith(prefix));
    if (!path) return url;
    const request = { method, uri: pathname, querystring: parseQuery(search), headers: {}, cookies: {} };
    const result = path.handler({ request });
    if (!('uri' in result)) return result;
    return `${result.uri}?${formatQuery(result.querystring)}`;
  }
}

/** CloudFront keeps names and values percent-encoded. If a name occurs several times, `value` is the first one. */
function parseQuery(search: string): EdgeRequest['querystring'] {
  // Without a prototype: a client chooses the names, "toString" for instance.
  const query: EdgeRequest['querystring'] = Object.create(null);
  for (const pair of search.slice(1).split('&').filter(Boolean)) {
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
