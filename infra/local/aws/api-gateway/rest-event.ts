import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Api } from '../cloudformation/apis.ts';
import { account, apiHost } from '../cloudformation/arns.ts';
import { type ApiRequest, addForwardedFor, splitUrl } from './api-request.ts';
import type { Caller } from './iam-authorizer.ts';

/** The route that a request matches. */
export interface Match {
  routeKey: string;
  /** Undefined if the route has no parameters. */
  params: Record<string, string> | undefined;
  /** The signer of the request, on a route with AWS_IAM. */
  caller?: Caller | undefined;
}

/** The event that API Gateway makes of a request to an HTTP API (payload format 2.0). */
export function restEvent(api: Api, request: ApiRequest, match: Match, body: Buffer): APIGatewayProxyEventV2 {
  const { method, url, sourceIp } = request;
  const { cookie, ...headers } = addForwardedFor(request.headers, sourceIp);
  const { query: rawQueryString } = splitUrl(url);
  const query = new URLSearchParams(rawQueryString);
  const path = decodedPath(url);
  const now = new Date();
  return {
    version: '2.0',
    routeKey: match.routeKey,
    rawPath: path,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    ...(query.size > 0 && { queryStringParameters: joinValues(query) }),
    ...(match.params && { pathParameters: match.params }),
    requestContext: {
      accountId: account,
      apiId: api.id,
      ...(match.caller && { authorizer: { iam: match.caller } }),
      domainName: apiHost(api.id),
      domainPrefix: api.id,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId: randomUUID(),
      routeKey: match.routeKey,
      stage: api.stage,
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    ...bodyFields(body, headers['content-type']),
  };
}

/**
 * The path by which API Gateway finds the route and which the function gets: decoded, so that an encoded slash separates
 * segments, and cut at an encoded question mark.
 */
export function decodedPath(url: string): string {
  const { path } = splitUrl(url);
  try {
    return splitUrl(decodeURIComponent(path)).path;
  } catch {
    return path;
  }
}

/** API Gateway joins the values of a repeated parameter with commas. */
function joinValues(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name).join(',')]));
}

/** Text is handed on as text; everything else, such as curl's form type or a body without a type, as base64. */
function bodyFields(body: Buffer, contentType = ''): Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'> {
  if (body.length === 0) return { isBase64Encoded: false };
  const isBase64Encoded = !/^\s*(text\/|application\/(json|xml|javascript)\s*(;|$))/i.test(contentType);
  return { body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}
