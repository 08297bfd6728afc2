import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Unmet } from './unmet.ts';

/** The only way to the server. `faults/faulty.ts` puts itself in between. */
export interface Transport {
  send(request: Request): Promise<Answer>;
  open(path: string, receiver: Receiver): Promise<Opening>;
}

export interface Request {
  method: string;
  /** With its query. */
  path: string;
  token?: string | undefined;
  headers?: Record<string, string> | undefined;
  /** A string is sent as it is, anything else as JSON. */
  body?: unknown;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** The parsed JSON, or the text of a body that is not JSON. */
  body: unknown;
}

/** Gets what a socket receives. */
export interface Receiver {
  frame(frame: unknown): void;
  closed(code: number): void;
}

/** The end of a handshake: the status is 101 if the socket is open. */
export interface Opening {
  status: number;
  send(text: string): void;
  close(): void;
}

export interface Addresses {
  url: string;
  wsUrl: string;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Talks to a server. No request or handshake takes longer than `waitMs`. */
export function connectTo({ url, wsUrl }: Addresses, waitMs: number): Transport {
  return {
    async send({ method, path, token, headers, body }) {
      const response = await fetch(url + path, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(waitMs),
      }).catch((error: Error) => {
        const reason = error.name === 'TimeoutError' ? `nothing within ${waitMs / 1000} s` : causeOf(error);
        throw new Unmet(`${method} ${path}`, 'an answer', reason);
      });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: parse(await response.text()),
      };
    },

    async open(path, receiver) {
      const socket = new WebSocket(wsUrl + path, { handshakeTimeout: waitMs });
      socket.on('message', (data) => receiver.frame(parse(String(data))));
      socket.on('close', (code) => receiver.closed(code));
      const channel = { send: (text: string) => socket.send(text), close: () => socket.close() };
      const refused = new Promise<number>((resolve) => {
        socket.on('unexpected-response', (_, response) => {
          response.resume();
          socket.on('error', () => {}).terminate();
          resolve(response.statusCode ?? 0);
        });
      });
      const opened = once(socket, 'open').then(
        () => 101,
        (error: Error) => {
          throw new Unmet(`the handshake at ${path.replace(/=.*/, '=...')}`, 'an answer', error.message);
        },
      );
      return { status: await Promise.race([opened, refused]), ...channel };
    },
  };
}

/** Fetch's own message is only "fetch failed". */
function causeOf(error: Error): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? error.message;
}
