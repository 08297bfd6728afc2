import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Faults of a call to DynamoDB: it is throttled, fails or is slow; a write conflicts with a transaction; the call is done
 * but its answer is lost or never comes; the function is killed before or after the call is done; somebody asks for changes
 * before the call is done; or the call is held up on its way, while the function gives it up and repeats it, until everything
 * else has ended.
 */
export type DatabaseFault =
  | 'throttled'
  | 'failed'
  | 'slow'
  | 'conflict'
  | 'lost'
  | 'unanswered'
  | 'killed before'
  | 'killed after'
  | 'overtaken'
  | 'late';

/** The calls that make a change of a message: its number is taken, its log entry is put, the message is updated. */
export type ChangeCall = 'number' | 'entry' | 'update';

/** Which of these calls it is; undefined for all others. */
export function changeCallOf(body: string): ChangeCall | undefined {
  if (body.includes('"ADD rev :one"')) return 'number';
  if (body.includes('"PutRequest"') && body.includes('"CHG#')) return 'entry';
  return body.includes('ADD version :one') ? 'update' : undefined;
}

interface DatabaseObserver {
  /** Decides on each call. */
  fault: (body: string) => DatabaseFault | undefined;
  /** Ends the worker that has made the call. */
  kill: (sessionToken: string) => void;
  /** Has somebody ask for changes. */
  overtake: (body: string) => Promise<unknown>;
  /** Makes a late call when it arrives. */
  hold: <T>(body: string, call: () => Promise<T>) => Promise<T>;
  /** Gets the answer to each call. */
  answered: (body: string, answer: string) => void;
}

/** Stands between the functions and DynamoDB. */
export async function startFaultyDatabase(
  endpoint: string,
  { fault, kill, overtake, hold, answered }: DatabaseObserver,
): Promise<{ url: string; close(): void }> {
  const agent = new Agent({ keepAlive: true });
  const server = breakingServer(async (incoming, response) => {
    const body = await text(incoming);
    const injected = fault(body);
    if (injected === 'throttled') return refuse(response, 400, 'ProvisionedThroughputExceededException');
    if (injected === 'failed') return refuse(response, 500, 'InternalServerError');
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const conflict = injected === 'conflict' && conflicts[operation];
    if (conflict) return refuse(response, 400, ...conflict);
    const caller = String(incoming.headers['x-amz-security-token']);
    if (injected === 'killed before') return kill(caller);
    if (injected === 'slow') await sleep(slowMs);
    if (injected === 'overtaken') await overtake(body);
    const go = () => forward(endpoint, incoming, body, agent);
    const answer = await (injected === 'late' ? hold(body, go) : go());
    answered(body, answer.body);
    if (injected === 'killed after') return kill(caller);
    if (injected === 'lost') return void incoming.socket.destroy();
    if (injected === 'unanswered') return;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  return { url: await listening(server), close: () => closeAll(server, agent) };
}

/** Longer than most steps of a history take. */
const slowMs = 200;

function refuse(response: ServerResponse, status: number, type: string, more: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: type, ...more }));
}

/** What a write is refused with that meets a transaction; reads of single items and queries meet none. */
const alone: [string, object?] = ['TransactionConflictException'];
const conflicts: Record<string, [string, object?]> = {
  PutItem: alone,
  UpdateItem: alone,
  DeleteItem: alone,
  TransactWriteItems: ['TransactionCanceledException', { CancellationReasons: [{ Code: 'TransactionConflict' }] }],
};

async function forward(endpoint: string, incoming: IncomingMessage, body: string, agent: Agent) {
  const { host: _host, ...headers } = incoming.headers;
  // DynamoDB Local gives every access key tables of its own.
  headers.authorization = headers.authorization?.replace(/Credential=\w+/, 'Credential=local');
  const outgoing = request(endpoint, { method: 'POST', headers, agent });
  // The first error is thrown below; with nobody to hear a second one, the process would end.
  outgoing.on('error', () => {});
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: await text(answer) };
}

/**
 * Faults of a post: a status of API Gateway's, no answer, an answer that is lost after the frame was sent, a frame that
 * is lost although the answer says that it was sent, and with it all that follow on a connection that is dead, or a frame
 * that arrives only when everything else has ended.
 */
export type PostFault = 410 | 429 | 500 | 'silent' | 'lost' | 'swallowed' | 'late';

/** API Gateway's `@connections`, and AWS Lambda's asynchronous invocation: what a function sends when it delivers. */
export async function startFaultyPeers({
  fault,
  receive,
  close,
  die,
  invoked,
  aws,
}: {
  fault: (connectionId: string) => PostFault | undefined;
  /** False for a connection that is gone. */
  receive: (connectionId: string, frame: string, isLate: boolean) => boolean;
  /** A function closes a connection. */
  close: (connectionId: string) => void;
  /** From now on, nothing that a connection receives reaches its client. */
  die: (connectionId: string) => void;
  invoked: (event: unknown) => void;
  /** All other services work. */
  aws: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}): Promise<{ url: string; close(): void }> {
  const server = breakingServer(async (incoming, response) => {
    if (incoming.headers['x-amz-target']) return aws(incoming, response);
    const body = await text(incoming);
    if (incoming.url?.includes('/2015-03-31/')) {
      response.writeHead(202).end();
      return invoked(JSON.parse(body));
    }
    const connectionId = decodeURIComponent(incoming.url?.split('/').at(-1) ?? '');
    const injected = fault(connectionId);
    if (injected === 'silent') return;
    if (typeof injected === 'number') return void response.writeHead(injected).end();
    if (injected === 'swallowed') die(connectionId);
    if (incoming.method === 'DELETE') close(connectionId);
    if (incoming.method === 'DELETE' && injected !== 'lost') return void response.writeHead(204).end();
    const received = incoming.method === 'DELETE' || receive(connectionId, body, injected === 'late');
    if (injected === 'lost') return void incoming.socket.destroy();
    response.writeHead(received ? 200 : 410).end();
  });
  return { url: await listening(server), close: () => closeAll(server) };
}

/** What breaks on the way, a caller that was killed or an idle connection that was closed, breaks the caller's connection. */
const breakingServer = (answer: (incoming: IncomingMessage, response: ServerResponse) => Promise<unknown>): Server =>
  createServer((incoming, response) => void answer(incoming, response).catch(() => incoming.socket.destroy()));

async function listening(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function closeAll(server: Server, agent?: Agent): void {
  server.close();
  server.closeAllConnections();
  agent?.destroy();
}
