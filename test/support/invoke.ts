import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Endpoint } from '../../shared/contract/endpoint.ts';
import type { RestEvent } from '../../shared/middleware/rest.ts';
import type { SocketEvent } from '../../shared/middleware/websocket.ts';
import type { Json } from './api-client.ts';

type Handler<Event> = (event: Event, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const context = { getRemainingTimeInMillis: () => 20_000 } as Context;

export interface RestInput {
  token?: string;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** Each request comes from an address of its own unless it says whose. */
  ip?: string;
  headers?: Record<string, string>;
}

/** Runs one endpoint's handler alone, with the event that API Gateway would send it. */
export async function invoke(
  handler: Handler<RestEvent>,
  endpoint: Endpoint,
  { token, params, query, body, ip = randomUUID(), headers }: RestInput = {},
) {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => params?.[name] ?? '');
  const routeKey = `${endpoint.method} ${endpoint.path}`;
  const event = {
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
  const answer = await handler(event, context);
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
  { query, frame }: { query?: Record<string, string>; frame?: unknown } = {},
) {
  const event = {
    ...(query && { queryStringParameters: query }),
    ...(frame !== undefined && { body: typeof frame === 'string' ? frame : JSON.stringify(frame) }),
    requestContext: { requestId: randomUUID(), routeKey, connectionId },
    isBase64Encoded: false,
  } as unknown as SocketEvent;
  const { statusCode, body } = await handler(event, context);
  return { status: statusCode, body: JSON.parse(body ?? 'null') as Json };
}
