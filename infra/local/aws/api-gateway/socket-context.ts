import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Api } from '../cloudformation/apis.ts';
import { apiHost } from '../cloudformation/arns.ts';
import type { ApiRequest } from './api-request.ts';

export interface Connection {
  id: string;
  /** Its handshake. */
  request: ApiRequest;
  connectedAt: Date;
}

export interface OpenSocket {
  socket: WebSocket;
  connectedAt: Date;
  lastActiveAt: Date;
  sourceIp: string;
  userAgent: string;
  /** How many of its messages are being handled. */
  running: number;
  /** For each message in either direction, before it is handled: restarts the idle timer. `--chaos` may cut the socket. */
  touch(): void;
}

/** What a WebSocket API tells the function about the connection. */
export function requestContextOf(api: Api, routeKey: string, { id, request, connectedAt }: Connection) {
  const now = new Date();
  return {
    routeKey,
    eventType: { $connect: 'CONNECT', $disconnect: 'DISCONNECT' }[routeKey] ?? 'MESSAGE',
    messageDirection: 'IN',
    stage: api.stage,
    apiId: api.id,
    domainName: apiHost(api.id),
    connectionId: id,
    connectedAt: connectedAt.getTime(),
    requestId: randomUUID(),
    extendedRequestId: randomUUID(),
    requestTime: now.toISOString(),
    requestTimeEpoch: now.getTime(),
    identity: { sourceIp: request.sourceIp, userAgent: request.headers['user-agent'] ?? '' },
  };
}
