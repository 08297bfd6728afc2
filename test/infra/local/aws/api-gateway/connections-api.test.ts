import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { handleConnections } from '../../../../../infra/local/aws/api-gateway/connections-api.ts';
import type { OpenSocket } from '../../../../../infra/local/aws/api-gateway/socket-context.ts';
import { type Chaos, calm } from '../../../../../infra/local/aws/chaos.ts';
import { invokeArn } from '../../../../../infra/local/aws/cloudformation/arns.ts';
import { Roles } from '../../../../../infra/local/aws/iam/roles.ts';
import { strike } from '../../../../support/chaos.ts';

/** The runner's `@connections`, called by AWS's own client as a function would. */

const functionOf = (id: string, resource: string) => ({
  id,
  name: id,
  functionName: id,
  retries: 0,
  file: '',
  environment: {},
  timeoutSeconds: 1,
  memoryMb: 128,
  statements: [{ actions: ['execute-api:ManageConnections'], resources: [invokeArn('api', resource)] }],
});
const functions = {
  Manager: functionOf('Manager', 'live/*'),
  Poster: functionOf('Poster', 'live/POST/@connections/*'),
};
const roles = new Roles(Object.values(functions));
const open = new Map<string, OpenSocket>();
let chaos: Chaos = calm;
const server = createServer(
  (request, response) => void handleConnections(request, response, { apiId: 'api', open, roles, chaos }),
);
const sockets = new WebSocketServer({ server });
let url: string;
let client: WebSocket;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/live`;
  const connected = once(sockets, 'connection');
  client = new WebSocket(`ws://127.0.0.1:${port}`);
  const [socket] = await connected;
  const now = new Date();
  open.set('known=', {
    socket,
    connectedAt: now,
    lastActiveAt: now,
    sourceIp: '127.0.0.1',
    userAgent: 'test',
    running: 0,
    touch: () => {},
  });
});
afterAll(() => {
  client.terminate();
  server.close();
});

const as = (id: keyof typeof functions, credentials = roles.credentialsOf(functions[id])) =>
  new ApiGatewayManagementApiClient({
    endpoint: url,
    region: 'local',
    maxAttempts: 1,
    credentials,
  });
const post = (id: keyof typeof functions, ConnectionId: string, Data = 'hi') =>
  as(id).send(new PostToConnectionCommand({ ConnectionId, Data }));

test('posts to an open socket', async () => {
  const message = once(client, 'message');
  await post('Poster', 'known=');
  expect(String((await message)[0])).toBe('hi');
});

test.each([
  ['a socket that is gone', 'gone=', 'hi', 'GoneException', 410],
  ['a malformed id', 'a b', 'hi', 'BadRequestException', 400],
  ['a message that is too large', 'known=', 'x'.repeat(128 * 1024 + 1), 'PayloadTooLargeException', 413],
])('refuses %s as AWS does', async (_what, connectionId, data, name, status) => {
  await expect(post('Poster', connectionId, data)).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: status },
  });
});

test('refuses what the role does not allow', async () => {
  await expect(as('Poster').send(new GetConnectionCommand({ ConnectionId: 'known=' }))).rejects.toMatchObject({
    name: 'ForbiddenException',
    $metadata: { httpStatusCode: 403 },
  });
});

test('refuses who does not know the role’s secret, also another role', async () => {
  const { accessKeyId } = roles.credentialsOf(functions.Manager);
  const { secretAccessKey } = roles.credentialsOf(functions.Poster);
  for (const secret of ['local', secretAccessKey]) {
    const pretender = as('Manager', { accessKeyId, secretAccessKey: secret });
    await expect(pretender.send(new GetConnectionCommand({ ConnectionId: 'known=' }))).rejects.toMatchObject({
      name: 'ForbiddenException',
      message: expect.stringMatching(/^User: nobody is not authorized/),
    });
  }
});

test('refuses with 429 to post to a client that does not read, until it reads again', async () => {
  client.pause();
  const fill = async () => {
    // Far more than the kernel takes for a client that does not read.
    for (let n = 0; n < 400; n++) await post('Poster', 'known=', 'x'.repeat(128 * 1024));
  };
  await expect(fill()).rejects.toMatchObject({ name: 'LimitExceededException', $metadata: { httpStatusCode: 429 } });
  client.resume();
  await vi.waitFor(() => post('Poster', 'known='));
});

test.each([
  ['postThrottled', 'LimitExceededException', 429],
  ['postFailed', 'InternalServerErrorException', 500],
] as const)('chaos refuses a post: %s', async (fault, name, status) => {
  chaos = strike(fault);
  await expect(post('Poster', 'known=')).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
  const message = once(client, 'message');
  await post('Poster', 'known=', 'after it');
  expect(String((await message)[0])).toBe('after it');
});

test('a connection that chaos says is gone is cut as well', async () => {
  const connected = once(sockets, 'connection');
  const cut = new WebSocket(url.replace('http', 'ws'));
  const closed = once(cut, 'close');
  const [socket] = await connected;
  open.set('cut=', { ...(open.get('known=') as OpenSocket), socket });
  chaos = strike('connectionGone');
  await expect(post('Poster', 'cut=')).rejects.toMatchObject({ name: 'GoneException' });
  expect((await closed)[0]).toBe(1006);
});

test('describes a socket and closes it', async () => {
  const found = await as('Manager').send(new GetConnectionCommand({ ConnectionId: 'known=' }));
  expect(found.Identity).toEqual({ SourceIp: '127.0.0.1', UserAgent: 'test' });
  expect(found.ConnectedAt).toBeInstanceOf(Date);
  const closed = once(client, 'close');
  await as('Manager').send(new DeleteConnectionCommand({ ConnectionId: 'known=' }));
  expect((await closed)[0]).toBe(1000);
});
