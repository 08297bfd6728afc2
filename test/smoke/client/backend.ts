import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { type FrameTimeout, Socket } from '../../conformance/client/socket.ts';
import {
  type Answer,
  connectTo,
  type Receiver,
  type Request,
  type Transport,
} from '../../conformance/client/transport.ts';
import { brief, Unmet } from '../../conformance/client/unmet.ts';

export interface Addresses {
  url: string;
  /** Ends with /live if it is API Gateway's own. */
  wsUrl: string;
}

export interface Timed extends Answer {
  ms: number;
}

/** A request and its answer, for the checks that look at all of them. */
export interface Exchange {
  method: string;
  path: string;
  status: number;
  headers: Record<string, string>;
  ms: number;
}

/** An open socket that can also lose its connection. */
export interface SmokeSocket {
  socket: Socket;
  /** Ends the connection without a goodbye, as a tunnel does. */
  drop(): void;
}

/** A check expected one thing and got an answer; the request's id is in the text. */
export function unexpected(what: string, expected: string, { status, headers, body }: Answer): Unmet {
  const id = headers['x-request-id'];
  return new Unmet(what, expected, `${status} ${brief(body)}${id ? ` (request id ${id})` : ''}`);
}

export const codeOf = ({ body }: Answer): string | undefined => {
  const code = (body as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
};

/** The deployment. Throws when the run was stopped, and an `Unmet` if nothing answers in time. */
export class Backend {
  readonly exchanges: Exchange[] = [];
  readonly wsUrl: string;
  private readonly transport: Transport;
  private readonly signal: AbortSignal;
  private readonly timeout: FrameTimeout;
  private readonly waitMs: number;

  constructor(addresses: Addresses, waitMs: number, signal: AbortSignal) {
    this.wsUrl = addresses.wsUrl;
    this.transport = connectTo(addresses, waitMs);
    this.signal = signal;
    this.waitMs = waitMs;
    this.timeout = {
      text: `within ${waitMs / 1000} s`,
      // A stopped run ends every wait at once, as if it had been long enough.
      passes: (over) =>
        sleep(waitMs, undefined, { signal: AbortSignal.any([over, signal]) }).catch((error: Error) => {
          if (!signal.aborted) throw error;
        }),
    };
  }

  /** Whether sockets are opened at API Gateway's own URL, where the edge has no part in it. */
  get isDirect(): boolean {
    return this.wsUrl.endsWith('/live');
  }

  async send(request: Request): Promise<Timed> {
    this.signal.throwIfAborted();
    const before = performance.now();
    const answer = await this.transport.send(request);
    const ms = performance.now() - before;
    const { method, path } = request;
    this.exchanges.push({ method, path, status: answer.status, headers: answer.headers, ms });
    return { ...answer, ms };
  }

  /** The body of a request that must succeed. */
  async call<Body>(request: Request): Promise<Body> {
    const answer = await this.send(request);
    if (answer.status !== 200) throw unexpected(`${request.method} ${request.path}`, '200', answer);
    return answer.body as Body;
  }

  chatUrl(chatId: string, query: string): string {
    return this.isDirect ? `${this.wsUrl}?chatId=${chatId}&${query}` : `${this.wsUrl}/ws/chat/${chatId}?${query}`;
  }

  inboxUrl(query: string): string {
    return this.isDirect ? `${this.wsUrl}?inbox=1&${query}` : `${this.wsUrl}/ws/inbox?${query}`;
  }

  /** Opens a socket, which must not be refused. */
  async open(what: string, url: string): Promise<SmokeSocket> {
    const socket = new Socket(this.timeout);
    const { status, connection } = await this.handshake(what, url, socket.receiver);
    if (status !== 101) throw new Unmet(what, 'an open socket', `the status ${status}`);
    socket.opened({ status, send: (text) => connection.send(text), close: () => connection.close() });
    return { socket, drop: () => connection.terminate() };
  }

  /** The status of a handshake that must be refused. */
  async refusedWith(what: string, url: string): Promise<number> {
    const { status, connection } = await this.handshake(what, url);
    connection.terminate();
    return status;
  }

  private async handshake(
    what: string,
    url: string,
    receiver?: Receiver,
  ): Promise<{ status: number; connection: WebSocket }> {
    this.signal.throwIfAborted();
    const connection = new WebSocket(url, { handshakeTimeout: this.waitMs });
    connection.on('message', (data) => receiver?.frame(JSON.parse(String(data))));
    connection.on('close', (code) => receiver?.closed(code));
    const refused = new Promise<number>((resolve) => {
      connection.on('unexpected-response', (_, response) => {
        response.resume();
        connection.on('error', () => {}).terminate();
        resolve(response.statusCode ?? 0);
      });
    });
    const opened = once(connection, 'open').then(
      () => 101,
      (error: Error) => {
        throw new Unmet(what, 'an answer to the handshake', error.message);
      },
    );
    const status = await Promise.race([opened, refused]);
    // A connection that breaks later ends with "close", which the checks see.
    connection.on('error', () => {});
    return { status, connection };
  }
}
