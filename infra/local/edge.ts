import { createContext, runInContext } from 'node:vm';
import type { EdgePath } from './template.ts';

interface EdgeRequest {
  method: string;
  uri: string;
  querystring: Record<string, { value: string; multiValue?: { value: string }[] }>;
  headers: Record<string, { value: string }>;
  cookies: Record<string, never>;
}

/** CloudFront in front of the APIs: runs the distribution's own function on the paths it is for. */
export class Edge {
  private readonly paths: {
    prefix: string;
    handler: (event: { request: EdgeRequest }) => EdgeRequest | { statusCode: number };
  }[];

  constructor(paths: EdgePath[]) {
    this.paths = paths.map(({ pattern, code }) => ({
      prefix: pattern.replace(/\*$/, ''),
      handler: runInContext(`${code}\n;handler`, createContext({})),
    }));
  }

  /** The URL as the origin gets it; undefined when the edge itself answers that there is nothing here. */
  rewrite(method: string, url: string): string | undefined {
    const { pathname, search } = new URL(url, 'http://edge');
    const path = this.paths.find(({ prefix }) => pathname.startsWith(prefix));
    if (!path) return url;
    const request = { method, uri: pathname, querystring: parseQuery(search), headers: {}, cookies: {} };
    const result = path.handler({ request });
    if (!('uri' in result)) return undefined;
    return `${result.uri}?${formatQuery(result.querystring)}`;
  }
}

/** CloudFront leaves names and values as they came, percent-encoded; of a name that comes twice, `value` is the last. */
function parseQuery(search: string): EdgeRequest['querystring'] {
  const query: EdgeRequest['querystring'] = {};
  for (const pair of search.slice(1).split('&').filter(Boolean)) {
    const [name = '', ...value] = pair.split('=');
    const values = [...(query[name]?.multiValue ?? []), { value: value.join('=') }];
    query[name] = { value: value.join('='), multiValue: values };
  }
  return query;
}

function formatQuery(query: EdgeRequest['querystring']): string {
  return Object.entries(query)
    .flatMap(([name, { value, multiValue }]) => (multiValue ?? [{ value }]).map((one) => `${name}=${one.value}`))
    .join('&');
}
