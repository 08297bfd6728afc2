import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { settings } from './settings.ts';

export interface AwsRequest {
  service: 'execute-api' | 'kms' | 'lambda' | 'secretsmanager' | 'ssm';
  method: 'POST' | 'DELETE';
  /** Its path is encoded, and it has no query. */
  url: URL;
  body?: string;
  headers?: Record<string, string>;
  /** When it is of no use any more, even if it has waited for a socket till then. Milliseconds since the epoch. */
  deadline?: number | undefined;
}

/** `type` is the service's name for an error. */
export interface AwsResponse {
  status: number;
  type?: string | undefined;
  body: string;
}

/** What a request may take in all; the SDK's client can wait for ever. Milliseconds. */
const patience = 1000;
/**
 * Of one function at once; more requests wait for a socket, and their patience is not running yet. Each new one costs two
 * milliseconds of a core for TLS: with 250 at once a sender's posts would all run out of time, see docs/scale.md.
 */
const mostSockets = 50;

const keepAlive = { keepAlive: true, maxSockets: mostSockets };
const agents = { 'http:': new HttpAgent(keepAlive), 'https:': new HttpsAgent(keepAlive) };

/**
 * One signed request to AWS, in one try. It is here because the SDK spends three times the CPU on a post, and a message
 * in a busy chat is hundreds of posts: see docs/performance.md. Throws when there is no answer in time.
 */
export async function awsRequest(request: AwsRequest): Promise<AwsResponse> {
  try {
    return await send(request);
  } catch (error) {
    // The service closed an idle connection at the moment we took it up, for instance while Lambda had us frozen.
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
      const left = Math.min(patience, deadline - Date.now());
      if (left > 0) timer = setTimeout(late, left);
      else late();
    });
    let answered = false;
    outgoing.on('response', (incoming) => {
      const type = incoming.headers['x-amzn-errortype'];
      let answer = '';
      // Most answers are empty, and the fewest of the others are read.
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
    // A string goes out in one write together with the head.
    outgoing.end(body);
  });
}

/** The headers of a request with AWS Signature Version 4 among them. */
export function sign({ service, method, url, body = '', headers = {} }: AwsRequest, now: Date): Record<string, string> {
  // Read each time: Lambda puts new ones there when the old ones are about to end.
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
    // The path is encoded once more, but for S3.
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

/** Of a day, a region, a service and a secret. Kept as a key object, with which a signature takes a sixth of the time. */
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
