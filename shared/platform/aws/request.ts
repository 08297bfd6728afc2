import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { settings } from '../settings.ts';

export interface AwsRequest {
  service: 'execute-api' | 'kms' | 'lambda' | 'secretsmanager' | 'ssm';
  method: 'POST' | 'DELETE';
  /** With an encoded path and without a query string. */
  url: URL;
  body?: string;
  headers?: Record<string, string>;
  /** When the request becomes useless, even if it is still waiting for a socket. Milliseconds since the epoch. */
  deadline?: number | undefined;
}

/** `type` is the service's name for an error, if the answer is one. */
export interface AwsResponse {
  status: number;
  type?: string | undefined;
  body: string;
}

/** How long a request may take, milliseconds. The SDK's client might wait for ever. */
const timeoutMs = 1000;
/**
 * Open sockets per function instance. Further requests wait for a socket, and their time starts when they get one. Each
 * new socket costs 2 ms of a core for TLS: with 250 at once all of a sender's posts would time out, see docs/scale.md.
 */
const maxSockets = 50;

const keepAlive = { keepAlive: true, maxSockets: maxSockets };
const agents = { 'http:': new HttpAgent(keepAlive), 'https:': new HttpsAgent(keepAlive) };

/**
 * Sends a signed request to AWS, once. It exists because the SDK spends three times the CPU on a post, and a message in
 * a busy chat is hundreds of posts: see docs/performance.md. Throws if there is no answer in time.
 */
export async function awsRequest(request: AwsRequest): Promise<AwsResponse> {
  try {
    return await send(request);
  } catch (error) {
    // The service closed the idle connection just as we reused it, for instance while Lambda had frozen us.
    if ((error as { idleSocket?: boolean }).idleSocket) return send(request);
    throw error;
  }
}

function send(request: AwsRequest): Promise<AwsResponse> {
  const { url, method, body = '', deadline = Number.POSITIVE_INFINITY } = request;
  const secure = url.protocol === 'https:';
  const options: RequestOptions = {
    method,
    host: url.hostname,
    port: url.port,
    path: url.pathname,
    headers: sign(request, new Date()),
    agent: agents[secure ? 'https:' : 'http:'],
  };
  return new Promise((resolve, reject) => {
    const outgoing = (secure ? httpsRequest : httpRequest)(options);
    const late = () => outgoing.destroy(Object.assign(new Error('No answer in time'), { name: 'TimeoutError' }));
    let timer: NodeJS.Timeout | undefined;
    outgoing.on('socket', () => {
      const left = Math.min(timeoutMs, deadline - Date.now());
      if (left > 0) timer = setTimeout(late, left);
      else late();
    });
    let answered = false;
    outgoing.on('response', (incoming) => {
      const type = incoming.headers['x-amzn-errortype'];
      let answer = '';
      // Nobody reads the body of an execute-api answer: discard it.
      if (incoming.headers['content-length'] === '0' || request.service === 'execute-api') incoming.resume();
      else incoming.setEncoding('utf8').on('data', (chunk) => (answer += chunk));
      incoming.on('end', () => {
        answered = true;
        resolve({ status: incoming.statusCode as number, type: type?.toString(), body: answer });
      });
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const reset = error.code === 'ECONNRESET' || error.code === 'EPIPE';
      reject(reset && outgoing.reusedSocket ? Object.assign(error, { idleSocket: true }) : error);
    });
    outgoing.on('close', () => {
      clearTimeout(timer);
      if (!answered) reject(new Error('The answer broke off'));
    });
    // A string body is sent in one write together with the headers.
    outgoing.end(body);
  });
}

/** The request's headers, with an AWS Signature Version 4 added. */
export function sign({ service, method, url, body = '', headers = {} }: AwsRequest, now: Date): Record<string, string> {
  // Read each time, because Lambda replaces them before they expire.
  const { accessKeyId, secretAccessKey, sessionToken } = settings.credentials();
  const time = now.toISOString().replace(/[:-]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${settings.region()}/${service}/aws4_request`;
  const signed: Record<string, string> = {
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
    host: url.host,
    'x-amz-date': time,
    ...(sessionToken && { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(signed).sort();
  const canonical = [
    method,
    // Every service but S3 wants the path encoded a second time.
    url.pathname.split('/').map(encodeURIComponent).join('/'),
    '',
    ...names.map((name) => `${name}:${signed[name]}`),
    '',
    names.join(';'),
    hash('sha256', body),
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, scope, hash('sha256', canonical)].join('\n');
  const signature = createHmac('sha256', signingKey(secretAccessKey, scope)).update(text).digest('hex');
  const credential = `Credential=${accessKeyId}/${scope}`;
  signed.authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return signed;
}

const signingKeys = new Map<string, KeyObject>();

/** The key for one day, region, service and secret. A key object makes signing six times as fast. */
function signingKey(secret: string, scope: string): KeyObject {
  const name = secret + scope;
  const kept = signingKeys.get(name);
  if (kept) return kept;
  let key: string | Buffer = `AWS4${secret}`;
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  if (signingKeys.size > 10) signingKeys.clear();
  signingKeys.set(name, createSecretKey(key as Buffer));
  return signingKeys.get(name) as KeyObject;
}
