import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { BatchGetCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toProblem } from '#shared/platform/problem.ts';
import { signatureByAws } from '../support/aws-signature.ts';

/** A DynamoDB that fails as the real one does. */

type Answer = (response: ServerResponse, request: IncomingMessage) => unknown;

let answers: Answer[] = [];
let requests: { headers: IncomingMessage['headers']; body: string; port: number | undefined }[] = [];

const server = createServer(async (request, response) => {
  const body = await text(request);
  requests.push({ headers: request.headers, body, port: request.socket.remotePort });
  // The last one stays.
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  answer?.(response, request);
}).listen(0, '127.0.0.1');
await once(server, 'listening');
process.env.AWS_ENDPOINT_URL_DYNAMODB = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
vi.resetModules();
const { db } = await import('#shared/data/client.ts');

const item = { name: 'Анна' };
const found: Answer = (response) => response.end(JSON.stringify({ Item: { name: { S: item.name } } }));
const written: Answer = (response) => response.end('{}');
const refused =
  (status: number, type: string, more: object = {}): Answer =>
  (response) =>
    response
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: type, ...more }));

const Key = { pk: 'USER#u', sk: 'USER' };
const get = () => db.send(new GetCommand({ TableName: 'chat', Key, ConsistentRead: true }));
const put = () => db.send(new PutCommand({ TableName: 'chat', Item: Key }));
const failure = () => get().then(Promise.reject, (error: unknown) => error);

/** 20261123T100000Z as a date. */
const signedAt = (headers: IncomingMessage['headers']) =>
  new Date(String(headers['x-amz-date']).replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5'));

beforeEach(() => {
  requests = [];
  answers = [found];
  // The SDK waits a random part of its longest wait before it retries.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => void vi.restoreAllMocks());

test("signs as AWS's own signer does", async () => {
  process.env.AWS_SESSION_TOKEN = 'a token';
  await get();
  delete process.env.AWS_SESSION_TOKEN;
  const { headers, body } = requests[0] as (typeof requests)[0];
  expect(headers).toMatchObject({ 'x-amz-target': 'DynamoDB_20120810.GetItem', 'x-amz-security-token': 'a token' });
  const { authorization, 'x-amz-date': _, ...unsigned } = headers as Record<string, string>;
  const request = { service: 'dynamodb', method: 'POST', path: '/', headers: unsigned, body };
  expect(authorization).toBe(await signatureByAws(request, signedAt(headers)));
});

test('reuses its connection', async () => {
  for (let n = 0; n < 3; n++) expect((await get()).Item).toEqual(item);
  expect(new Set(requests.map(({ port }) => port)).size).toBe(1);
});

const throttled = refused(400, 'ProvisionedThroughputExceededException');
const halfAnswer: Answer = (response) => response.writeHead(200, { 'content-length': '100' }).write('{"Item":');
const timeout = { name: 'TimeoutError' };
const passing: [string, Answer, object][] = [
  ['is throttled', throttled, { name: 'ProvisionedThroughputExceededException' }],
  ['fails', refused(500, 'InternalServerError'), { name: 'InternalServerError' }],
  ['is behind something that fails', (response) => response.writeHead(503).end('<html>'), { name: 'SyntaxError' }],
  ['closes the connection', (response) => response.socket?.resetAndDestroy(), { code: 'ECONNRESET' }],
  ['does not answer', () => {}, timeout],
  ['stops in the middle of its answer', halfAnswer, timeout],
  [
    'breaks off its answer',
    (response) =>
      response.writeHead(200, { 'content-length': '100' }).write('{"Item":', () => response.socket?.destroy()),
    { code: 'ECONNRESET' },
  ],
];

/** Time-outs pass eight times as fast. More would fail the attempts that succeed, on a busy machine. */
function hasten(): void {
  const realSetTimeout = globalThis.setTimeout;
  const faster = (action: () => void, ms = 0) => realSetTimeout(action, ms / 8);
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(faster as typeof setTimeout);
}

test.each(passing)('gets its answer when DynamoDB %s once', async (_, answer, error) => {
  await get();
  if (error === timeout) hasten();
  answers = [answer, found];
  expect((await get()).Item).toEqual(item);
  expect(requests).toHaveLength(3);
});

test.each(passing)('gives up after four attempts when DynamoDB %s', async (name, answer, error) => {
  answers = [answer];
  if (error === timeout) hasten();
  const thrown = await failure();
  expect(thrown).toMatchObject(error);
  expect(requests.map(({ headers }) => headers['amz-sdk-request'])).toEqual(
    [1, 2, 3, 4].map((attempt) => `attempt=${attempt}; max=4`),
  );
  // The body of a 503 that does not come from DynamoDB is not its error.
  if (!name.includes('behind')) expect(toProblem(thrown).code).toBe('unavailable');
});

test('gets its answer when the idle connection has been closed', async () => {
  await get();
  const closed = new Promise((resolve) => server.once('connection', (socket) => socket.once('close', resolve)));
  server.closeAllConnections();
  expect((await get()).Item).toEqual(item);
  server.closeAllConnections();
  await closed;
});

test('retries a write that conflicts with a transaction', async () => {
  answers = [refused(400, 'TransactionConflictException'), written];
  await put();
  expect(requests).toHaveLength(2);
});

test('does not retry what was refused for good', async () => {
  answers = [refused(400, 'ConditionalCheckFailedException', { Item: { name: { S: 'Boris' } } })];
  const error = await put().catch((thrown) => thrown);
  expect(error).toMatchObject({ name: 'ConditionalCheckFailedException', Item: { name: { S: 'Boris' } } });
  answers = [refused(400, 'ValidationException')];
  await expect(get()).rejects.toMatchObject({ name: 'ValidationException' });
  answers = [(response) => response.end('{"Item":')];
  await expect(get()).rejects.toMatchObject({ name: 'SyntaxError' });
  expect(requests).toHaveLength(3);
});

test('corrects its clock by that of DynamoDB', async () => {
  const hour = 3_600_000;
  const late: Answer = (response) => response.setHeader('date', new Date(Date.now() + hour).toUTCString());
  answers = [
    (response, request) => {
      late(response, request);
      refused(400, 'InvalidSignatureException')(response, request);
    },
    (response, request) => {
      late(response, request);
      found(response, request);
    },
    found,
  ];
  expect((await get()).Item).toEqual(item);
  const [first = 0, second = 0] = requests.map(({ headers }) => signedAt(headers).getTime());
  expect(Math.abs(second - first - hour)).toBeLessThan(60_000);
  // This answer corrects it back for the other tests.
  await get();
});

test('returns what DynamoDB left undone', async () => {
  const RequestItems = { chat: { Keys: [Key] } };
  answers = [
    (response) => response.end(JSON.stringify({ UnprocessedKeys: { chat: { Keys: [{ pk: { S: 'USER#u' } }] } } })),
  ];
  const { UnprocessedKeys } = await db.send(new BatchGetCommand({ RequestItems }));
  expect(UnprocessedKeys).toEqual({ chat: { Keys: [{ pk: 'USER#u' }] } });
});

test('reads an answer that comes in pieces', async () => {
  const long = 'ё'.repeat(200_000);
  answers = [(response) => response.end(JSON.stringify({ Item: { name: { S: long } } }))];
  expect((await get()).Item).toEqual({ name: long });
});
