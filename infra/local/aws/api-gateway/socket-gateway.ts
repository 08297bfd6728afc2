import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import * as z from 'zod/mini';
import type { Api } from '../cloudformation/apis.ts';
import { apiHost } from '../cloudformation/arns.ts';
import type { LocalLambda } from '../lambda/lambda.ts';
import { watchFrameSizes } from './frame-sizes.ts';
import { type FunctionResult, functionResult } from './function-result.ts';

export interface SocketLimits {
  /** The size limit of a message. */
  maxBytes: number;
  /** How long a socket stays open without a message. */
  idleMs: number;
  lifetimeMs: number;
}

/** API Gateway's quotas. */
export const awsSocketLimits: SocketLimits = {
  maxBytes: 128 * 1024,
  idleMs: 10 * 60_000,
  lifetimeMs: 2 * 60 * 60_000,
};

/** How long a WebSocket API waits for a function. */
const timeoutMs = 29_000;

interface Connection {
  id: string;
  /** Its handshake. */
  request: IncomingMessage;
  connectedAt: Date;
}

export interface OpenSocket {
  socket: WebSocket;
  connectedAt: Date;
  lastActiveAt: Date;
  sourceIp: string;
  userAgent: string;
  /** Restarts the idle timer after a message in either direction. */
  touch(): void;
}

/** The template's WebSocket API. It outlives a reload: sockets stay open and their next message goes to the new code. */
export class SocketGateway {
  readonly open = new Map<string, OpenSocket>();
  private readonly server: WebSocketServer;
  private readonly limits: SocketLimits;
  private current: { api: Api; lambdas: Map<string, LocalLambda> };

  constructor(api: Api, lambdas: Map<string, LocalLambda>, limits: SocketLimits) {
    this.current = { api, lambdas };
    this.limits = limits;
    this.server = new WebSocketServer({ noServer: true, maxPayload: limits.maxBytes, perMessageDeflate: false });
  }

  /** From now on, events go to these functions. */
  reload(api: Api, lambdas: Map<string, LocalLambda>): void {
    this.current = { api, lambdas };
  }

  /** Handles a handshake: $connect accepts it, or refuses it with a status that the client gets. */
  async upgrade(request: IncomingMessage, url: string, socket: Duplex, head: Buffer): Promise<void> {
    const connection = { id: `${randomBytes(11).toString('base64url')}=`, request, connectedAt: new Date() };
    const { searchParams } = new URL(url, 'http://gateway');
    const result = await this.invoke('$connect', connection, {
      headers: request.headers,
      ...(searchParams.size > 0 && { queryStringParameters: Object.fromEntries(searchParams) }),
    });
    const status = result?.statusCode ?? 500;
    if (status !== 200) return refuse(socket, status, result?.body);
    this.server.handleUpgrade(request, socket, head, (opened) => this.accept(opened, connection));
  }

  private accept(socket: WebSocket, connection: Connection): void {
    const { id, request, connectedAt } = connection;
    const idle = setTimeout(() => socket.close(1001, 'Going away'), this.limits.idleMs);
    const life = setTimeout(() => socket.close(1001, 'Going away'), this.limits.lifetimeMs);
    const entry: OpenSocket = {
      socket,
      connectedAt,
      lastActiveAt: new Date(),
      sourceIp: request.socket.remoteAddress ?? '',
      userAgent: request.headers['user-agent'] ?? '',
      touch: () => {
        entry.lastActiveAt = new Date();
        idle.refresh();
      },
    };
    this.open.set(id, entry);
    watchFrameSizes(request.socket, () => socket.close(1009, 'Frame too long'));
    socket.on('error', () => {});
    socket.on('message', (data, isBinary) => {
      entry.touch();
      if (socket.readyState !== socket.OPEN) return;
      if (isBinary) socket.close(1003, 'Binary is not supported');
      else void this.receive(connection, String(data));
    });
    socket.on('close', (disconnectStatusCode, reason) => {
      clearTimeout(idle);
      clearTimeout(life);
      this.open.delete(id);
      void this.invoke('$disconnect', connection, {}, { disconnectStatusCode, disconnectReason: String(reason) });
    });
  }

  private async receive(connection: Connection, body: string): Promise<void> {
    const routeKey = this.routeKeyOf(body);
    const result = await this.invoke(routeKey, connection, { body }, { messageId: randomUUID() });
    const { socket } = this.open.get(connection.id) ?? {};
    if (result === undefined) {
      const ids = { connectionId: connection.id, requestId: randomUUID() };
      socket?.send(JSON.stringify({ message: 'Internal server error', ...ids }));
    } else if (this.route(routeKey)?.returnResponse && result.body) {
      socket?.send(result.body);
    }
  }

  private route(routeKey: string) {
    return this.current.api.routes.find(({ key }) => key === routeKey);
  }

  /** The frame's `type`, as in the API's route selection expression, or $default if there is no such route. */
  private routeKeyOf(body: string): string {
    try {
      const type: unknown = JSON.parse(body)?.type;
      return typeof type === 'string' && !type.startsWith('$') && this.route(type) ? type : '$default';
    } catch {
      return '$default';
    }
  }

  /** The function's result; undefined if it failed. `context` is added to the event's request context. */
  private async invoke(
    routeKey: string,
    connection: Connection,
    event: object,
    context: object = {},
  ): Promise<FunctionResult | undefined> {
    const { api, lambdas } = this.current;
    const requestContext = { ...requestContextOf(api, routeKey, connection), ...context };
    const lambda = lambdas.get(this.route(routeKey)?.functionId ?? '');
    try {
      const result = await lambda?.invoke({ ...event, requestContext, isBase64Encoded: false }, timeoutMs);
      return result === undefined ? undefined : (z.safeParse(functionResult, result).data ?? {});
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      return undefined;
    }
  }

  /** Ends every socket. When it resolves, $disconnect has been invoked for each. */
  async close(): Promise<void> {
    const closing = [...this.open.values()].map(({ socket }) => {
      const closed = once(socket, 'close');
      socket.terminate();
      return closed;
    });
    await Promise.all(closing);
  }
}

function requestContextOf(api: Api, routeKey: string, { id, request, connectedAt }: Connection) {
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
    identity: { sourceIp: request.socket.remoteAddress ?? '', userAgent: request.headers['user-agent'] ?? '' },
  };
}

/** Answers a handshake without opening a socket. */
export function refuse(socket: Duplex, status: number, body = '', type = 'application/json'): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: ${type}\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\n\r\n${body}`);
}
