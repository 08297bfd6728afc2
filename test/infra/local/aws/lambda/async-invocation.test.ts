import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { awsRequest } from '#shared/platform/aws/request.ts';
import { functionArn } from '../../../../../infra/local/aws/cloudformation/arns.ts';
import { Roles } from '../../../../../infra/local/aws/iam/roles.ts';
import type { LocalLambda } from '../../../../../infra/local/aws/lambda/lambda.ts';
import { handleInvocation, invocationsPath } from '../../../../../infra/local/aws/lambda/lambda-invoke-api.ts';

/** Lambda's asynchronous invocation of a function that fails as often as the test says. */

const waits = vi.hoisted(() => [] as number[]);
vi.mock('node:timers/promises', async (original) => ({
  ...(await original<object>()),
  setTimeout: async (ms: number) => void waits.push(ms),
}));

let failures = 0;
const got: unknown[] = [];
const lambda = {
  invoke: async (event: unknown) => {
    got.push(event);
    if (failures-- > 0) throw new Error('oh no');
  },
} as unknown as LocalLambda;
const functionOf = (id: string, invokes: string) => ({
  id,
  name: `test/${id}`,
  functionName: `chat-${id}`,
  retries: 2,
  file: '',
  environment: {},
  timeoutSeconds: 1,
  memoryMb: 128,
  statements: [{ actions: ['lambda:InvokeFunction'], resources: [functionArn(invokes)] }],
});
const functions = [functionOf('Caller', 'chat-Called'), functionOf('Called', 'chat-Caller')];
const roles = new Roles(functions);
const lambdas = new Map(functions.map(({ id }) => [id, lambda]));
const server = createServer((request, response) => {
  handleInvocation(request, response, { functions, lambdas } as never, roles).catch(({ name }: Error) => {
    response.writeHead(413).end(name);
  });
});
const complaints = vi.spyOn(console, 'error').mockImplementation(() => {});

beforeAll(async () => {
  const [caller] = functions as [(typeof functions)[number]];
  const { accessKeyId, secretAccessKey } = roles.credentialsOf(caller);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  for (const list of [waits, got]) list.length = 0;
  complaints.mockClear();
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

function invoke(name: string, type = 'Event', body = '{"n":1}') {
  const { port } = server.address() as AddressInfo;
  const url = new URL(`http://127.0.0.1:${port}${invocationsPath}${name}/invocations`);
  const headers = { 'x-amz-invocation-type': type };
  return awsRequest({ service: 'lambda', method: 'POST', url, headers, body });
}
const deadLetters = () => complaints.mock.calls.flat().filter((text) => String(text).includes('dead-letter queue'));

test('is accepted at once, and the function gets the event', async () => {
  expect(await invoke('chat-Called')).toMatchObject({ status: 202, body: '' });
  await vi.waitFor(() => expect(got).toEqual([{ n: 1 }]));
  expect(waits).toEqual([]);
});

test('is retried after one and two minutes, then the event goes to the dead-letter queue', async () => {
  failures = 3;
  await invoke('chat-Called');
  await vi.waitFor(() => expect(deadLetters()).toHaveLength(1));
  expect(got).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
  expect(waits).toEqual([60_000, 120_000]);
});

test('is not retried once it has succeeded', async () => {
  failures = 1;
  await invoke('chat-Called');
  await vi.waitFor(() => expect(got).toHaveLength(2));
  expect(waits).toEqual([60_000]);
  expect(deadLetters()).toEqual([]);
});

test('takes an event of 1 MB and no larger one', async () => {
  const eventOf = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));
  expect(await invoke('chat-Called', 'Event', eventOf(1024 * 1024))).toMatchObject({ status: 202 });
  const refused = await invoke('chat-Called', 'Event', eventOf(1024 * 1024 + 1));
  expect(refused).toMatchObject({ status: 413, body: 'BodyTooLarge' });
});

test.each([
  ['a function that the role may not invoke', 'chat-Caller', 'Event', 403, 'AccessDeniedException'],
  ['a synchronous invocation, which no function needs', 'chat-Called', 'RequestResponse', 400, undefined],
])('refuses %s', async (_what, name, type, status, error) => {
  expect(await invoke(name, type)).toMatchObject({ status, ...(error && { type: error }) });
  expect(got).toEqual([]);
});
