import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import * as z from 'zod/mini';
import { reportFailure } from '../../console/printable.ts';
import { type Chaos, calm } from '../chaos.ts';
import type { Api } from '../cloudformation/apis.ts';
import { type ApiRequest, addForwardedFor, splitUrl } from './api-request.ts';
import { watchFrameSizes } from './frame-sizes.ts';
import { type FunctionResult, functionResult } from './function-result.ts';
import { isHandshake, plainHandshake, refuse } from './handshake.ts';
import type { Invocable } from './invocable.ts';
import { type Connection, type OpenSocket, requestContextOf } from './socket-context.ts';
import { Throttle } from './throttle.ts';

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

/** How many messages of one socket are handled at once, and how many more wait in this process. */
const maxRunning = 100;

/** How long a WebSocket API waits for a function. */
const timeoutMs = 29_000;

/** The template's WebSocket API. It outlives a reload: sockets stay open and their next message goes to the new code. */
export class SocketGateway {
  readonly open = new Map<string, OpenSocket>();
  private readonly server: WebSocketServer;
  private readonly limits: SocketLimits;
  private readonly chaos: Chaos;
  private current: { api: Api; lambdas: Map<string, Invocable>; throttle: Throttle };

  constructor(api: Api, lambdas: Map<string, Invocable>, limits: SocketLimits, chaos: Chaos = calm) {
    this.current = { api, lambdas, throttle: new Throttle(api, chaos) };
    this.limits = limits;
    this.chaos = chaos;
    this.server = new WebSocketServer({ noServer: true, maxPayload: limits.maxBytes, perMessageDeflate: false });
  }

  /** From now on, events go to these functions. */
  reload(api: Api, lambdas: Map<string, Invocable>): void {
    this.current = { api, lambdas, throttle: new Throttle(api, this.chaos) };
  }

  /**
   * Handles the handshake that came with `incoming`: $connect accepts it, or refuses it with a status. The client gets the
   * status, but not what $connect says about it.
   */
  async upgrade(request: ApiRequest, incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (!isHandshake(incoming)) return refuse(socket, 400);
    if (this.current.throttle.refuses('$connect')) return refuse(socket, 429);
    const connection = { id: `${randomBytes(11).toString('base64url')}=`, request, connectedAt: new Date() };
    const query = new URLSearchParams(splitUrl(request.url).query);
    const result = await this.invoke('$connect', connection, {
      headers: addForwardedFor(request.headers, request.sourceIp),
      ...(query.size > 0 && { queryStringParameters: Object.fromEntries(query) }),
    });
    const status = result?.statusCode ?? 500;
    if (status < 200 || status > 299) return refuse(socket, status);
    let accepted = false;
    incoming.headers = plainHandshake(incoming.headers);
    this.server.handleUpgrade(incoming, socket, head, (opened) => {
      accepted = true;
      this.accept(opened, incoming.socket, connection);
    });
    // The client left in the meantime.
    if (!accepted) await this.disconnect(connection, 1006);
  }

  private async disconnect(connection: Connection, disconnectStatusCode: number, disconnectReason = ''): Promise<void> {
    if (this.chaos.strikes('disconnectLost', connection.id)) return;
    await this.invoke('$disconnect', connection, {}, { disconnectStatusCode, disconnectReason });
  }

  private accept(socket: WebSocket, stream: Duplex, connection: Connection): void {
    const { id, request, connectedAt } = connection;
    const idle = setTimeout(() => socket.close(1001, 'Going away'), this.limits.idleMs);
    const life = setTimeout(() => socket.close(1001, 'Going away'), this.limits.lifetimeMs);
    const entry: OpenSocket = {
      socket,
      connectedAt,
      lastActiveAt: new Date(),
      sourceIp: request.sourceIp,
      userAgent: request.headers['user-agent'] ?? '',
      running: 0,
      touch: () => {
        entry.lastActiveAt = new Date();
        idle.refresh();
        if (this.chaos.strikes('socketCut', id)) socket.terminate();
      },
    };
    this.open.set(id, entry);
    watchFrameSizes(stream, () => socket.close(1009, 'Frame too long'));
    socket.on('error', () => {});
    socket.on('message', (data, isBinary) => {
      entry.touch();
      if (socket.readyState !== socket.OPEN) return;
      if (isBinary) socket.close(1003, 'Binary is not supported');
      else void this.receiveInTurn(entry, connection, String(data));
    });
    socket.on('close', (status, reason) => {
      clearTimeout(idle);
      clearTimeout(life);
      this.open.delete(id);
      void this.disconnect(connection, status, String(reason));
    });
  }

  /** A client that sends faster than the functions run has to wait. */
  private async receiveInTurn(entry: OpenSocket, connection: Connection, body: string): Promise<void> {
    const { socket } = entry;
    if (++entry.running >= maxRunning) socket.pause();
    await this.receive(connection, body);
    if (--entry.running < maxRunning && socket.isPaused) socket.resume();
  }

  private async receive(connection: Connection, body: string): Promise<void> {
    const routeKey = this.routeKeyOf(body);
    const isThrottled = this.current.throttle.refuses(routeKey, 'frameThrottled');
    const run = () => this.invoke(routeKey, connection, { body }, { messageId: randomUUID() });
    const result = isThrottled ? undefined : await run();
    const { socket } = this.open.get(connection.id) ?? {};
    if (result === undefined) {
      const message = isThrottled ? 'Too Many Requests' : 'Internal server error';
      socket?.send(JSON.stringify({ message, connectionId: connection.id, requestId: randomUUID() }));
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
      reportFailure(error);
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
