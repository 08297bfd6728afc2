import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { sign } from './sign.ts';

/**
 * HTTP to AWS over connections that stay open. Our own, because a post takes three times the CPU with the SDK's client, and
 * a message in a busy chat is hundreds of posts. See "Posting to a room" in docs/performance.md.
 */

/** The SDK's shape of a request, so that its clients can use this transport too. */
export interface HttpRequest {
  /** https: or http: */
  protocol: string;
  hostname: string;
  port?: number | string | undefined;
  /** Encoded. */
  path: string;
  method: string;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

export interface HttpResponse {
  statusCode: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

interface TimeLimits {
  /** For everything, from the moment the request has a connection. Milliseconds. */
  timeoutMs: number;
  /** For opening a new connection, milliseconds. */
  connectTimeoutMs?: number;
  /** When the request becomes useless, even if it is still waiting for a connection. Milliseconds since the epoch. */
  deadline?: number | undefined;
}

/**
 * Open connections per function instance and host. Further requests wait for one. Each new one costs 2 ms of a core for
 * TLS: with 250 at once all of a sender's posts would time out, see docs/scale.md.
 */
const maxSockets = 50;

const secure = { agent: new HttpsAgent({ keepAlive: true, maxSockets }), request: httpsRequest };
const plain = { agent: new HttpAgent({ keepAlive: true, maxSockets }), request: httpRequest };

/**
 * Sends a request, once. Throws a TimeoutError when a time limit is exceeded, and an error with a `code` such as
 * ECONNRESET when the connection breaks, also within the answer; `idleSocket` says that it broke before it was used.
 */
export function exchange(request: HttpRequest, limits: TimeLimits): Promise<HttpResponse> {
  const { hostname: host, port, path, method, headers, body } = request;
  const { agent, request: open } = request.protocol === 'https:' ? secure : plain;
  return new Promise((resolve, reject) => {
    const outgoing = open({ host, port, path, method, headers, agent });
    const stopTimers = limitTime(outgoing, limits);
    let settled = false;
    outgoing.on('response', (incoming) =>
      collect(incoming, (response) => {
        settled = true;
        resolve(response);
      }),
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      settled = true;
      const reset = error.code === 'ECONNRESET' || error.code === 'EPIPE';
      reject(reset && outgoing.reusedSocket ? Object.assign(error, { idleSocket: true }) : error);
    });
    outgoing.on('close', () => {
      stopTimers();
      if (!settled) reject(Object.assign(new Error('The answer broke off'), { code: 'ECONNRESET' }));
    });
    // The body is sent in one write together with the headers.
    outgoing.end(body);
  });
}

/** Returns what ends the limits once the request is over. */
function limitTime(outgoing: ClientRequest, { timeoutMs, connectTimeoutMs, deadline = Infinity }: TimeLimits) {
  const timers: NodeJS.Timeout[] = [];
  const giveUp = () => outgoing.destroy(Object.assign(new Error('No answer in time'), { name: 'TimeoutError' }));
  outgoing.on('socket', (socket) => {
    const left = Math.min(timeoutMs, deadline - Date.now());
    if (left <= 0) return void giveUp();
    timers.push(setTimeout(giveUp, left));
    if (connectTimeoutMs === undefined || !socket.connecting) return;
    const connecting = setTimeout(giveUp, connectTimeoutMs);
    timers.push(connecting);
    socket.once('connect', () => clearTimeout(connecting));
  });
  return () => timers.forEach(clearTimeout);
}

function collect(incoming: IncomingMessage, done: (response: HttpResponse) => void): void {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    done({ statusCode: incoming.statusCode as number, headers: incoming.headers, body });
  });
}

export interface AwsRequest {
  service: 'execute-api' | 'kms' | 'lambda' | 's3' | 'secretsmanager' | 'sms-voice' | 'sqs';
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With an encoded path, and a query string that is encoded and in the order of its names. */
  url: URL;
  body?: string;
  /** Names in lower case. */
  headers?: Record<string, string>;
  /** When the request becomes useless, even if it is still waiting for a connection. Milliseconds since the epoch. */
  deadline?: number | undefined;
  /** For everything else, milliseconds. */
  timeoutMs?: number;
}

export interface AwsResponse {
  status: number;
  /** The service's name for an error, if the answer is one and names it in a header. */
  type?: string | undefined;
  body: string;
}

/** Signs a request and sends it once. Throws as `exchange` does. */
export async function awsRequest(request: AwsRequest): Promise<AwsResponse> {
  const { statusCode: status, headers, body } = await signedExchange(request);
  return { status, type: headers['x-amzn-errortype']?.toString(), body: body.toString() };
}

/** Like `awsRequest`, with the answer as it came. */
export async function signedExchange({ service, method, url, deadline, ...rest }: AwsRequest): Promise<HttpResponse> {
  const { body = '', headers = {}, timeoutMs = 1000 } = rest;
  const { protocol, hostname, port, pathname: path, search } = url;
  const complete = { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) };
  const send = () => {
    const signed = sign({ service, method, path, search: search.slice(1), headers: complete, body }, new Date());
    const request = { protocol, hostname, port, path: path + search, method, headers: signed, body };
    return exchange(request, { timeoutMs, deadline });
  };
  try {
    return await send();
  } catch (error) {
    // The service closed the idle connection just as we reused it, for instance while Lambda had frozen us.
    if ((error as { idleSocket?: boolean }).idleSocket) return send();
    throw error;
  }
}
