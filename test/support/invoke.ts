import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import type { SocketEvent } from '#shared/lambda/log-frame.ts';
import type { RestEvent } from '#shared/lambda/log-request.ts';
import type { Json } from './api-client.ts';

type Handler<Event> = (event: Event, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

export const context = { awsRequestId: 'lambda', getRemainingTimeInMillis: () => 20_000 } as Context;

export interface RestInput {
  token?: string;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** Each request comes from an address of its own unless it says whose. */
  ip?: string;
  headers?: Record<string, string>;
}

/** The event that API Gateway sends an endpoint's function. */
export function restEvent(
  endpoint: Endpoint,
  { token, params, query, body, ip = randomUUID(), headers }: RestInput = {},
): RestEvent {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => params?.[name] ?? '');
  const routeKey = `${endpoint.method} ${endpoint.path}`;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers },
    ...(query && { queryStringParameters: query }),
    ...(params && { pathParameters: params }),
    requestContext: { requestId: randomUUID(), routeKey, http: { method: endpoint.method, path, sourceIp: ip } },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded: false,
  } as unknown as RestEvent;
}

/** The same for a WebSocket route. */
export function socketEvent(
  routeKey: string,
  connectionId: string,
  { query, frame }: { query?: Record<string, string>; frame?: unknown } = {},
): SocketEvent {
  return {
    ...(query && { queryStringParameters: query }),
    ...(frame !== undefined && { body: typeof frame === 'string' ? frame : JSON.stringify(frame) }),
    requestContext: { requestId: randomUUID(), routeKey, connectionId },
    isBase64Encoded: false,
  } as unknown as SocketEvent;
}

/** Runs one endpoint's handler alone. */
export async function invoke(handler: Handler<RestEvent>, endpoint: Endpoint, input: RestInput = {}) {
  const answer = await handler(restEvent(endpoint, input), context);
  return {
    status: answer.statusCode,
    headers: answer.headers ?? {},
    body: JSON.parse(answer.body ?? 'null') as Json,
  };
}

/** Runs one WebSocket route's handler alone. */
export async function invokeSocket(
  handler: Handler<SocketEvent>,
  routeKey: string,
  connectionId: string,
  input: { query?: Record<string, string>; frame?: unknown } = {},
) {
  const { statusCode, body } = await handler(socketEvent(routeKey, connectionId, input), context);
  return { status: statusCode, body: JSON.parse(body ?? 'null') as Json };
}
