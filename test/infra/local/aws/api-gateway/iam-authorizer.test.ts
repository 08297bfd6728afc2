import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { sign } from '#shared/platform/aws/sign.ts';
import { directRequest } from '../../../../../infra/local/aws/api-gateway/api-request.ts';
import { isSigned } from '../../../../../infra/local/aws/api-gateway/iam-authorizer.ts';
import { RestGateway } from '../../../../../infra/local/aws/api-gateway/rest-gateway.ts';
import { invokeArn, region, userArn } from '../../../../../infra/local/aws/cloudformation/arns.ts';
import { operatorId, Roles } from '../../../../../infra/local/aws/iam/roles.ts';

/** An HTTP API in which one route takes only signed requests. Its function answers with the event. */

const statements = [{ actions: ['execute-api:Invoke'], resources: [invokeArn('Api', '$default/POST/operator/*')] }];
const roles = new Roles([
  { id: operatorId, name: 'the operator', userArn: userArn('laptop'), statements },
  { id: 'Function', name: 'a function', statements },
  { id: 'Guest', name: 'a guest', userArn: userArn('guest'), statements: [] },
]);
const routes = ['POST /operator/{command}', 'POST /chats'].map((key) => ({
  key,
  functionId: 'F',
  invoker: { id: 'Role', name: 'Invoker', statements: [] },
  signed: key.includes('operator'),
  returnResponse: true,
}));
const api = { id: 'Api', protocol: 'HTTP' as const, stage: '$default', cors: undefined, routes };
const gateway = new RestGateway(api, new Map([['F', { invoke: async (event: unknown) => event }]]), roles);
const server = createServer((incoming, response) => void gateway.handle(directRequest(incoming), incoming, response));
beforeAll(async () => void (await once(server.listen(0, '127.0.0.1'), 'listening')));
afterAll(() => void server.close());
afterEach(() => void vi.unstubAllEnvs());

function signAs(id: string, secret = roles.credentialsOf({ id }).secretAccessKey): void {
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', roles.credentialsOf({ id }).accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
}

const path = '/operator/reports';
const body = '{"month":"2026-11"}';
const host = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;

/** The headers of a request that the operator has signed, but for these differences. */
function signed({ id = operatorId, service = 'execute-api', path: at = path, secret = '', at: now = new Date() } = {}) {
  signAs(id, secret || undefined);
  const headers = { host: host(), 'content-type': 'application/json' };
  return sign({ service, method: 'POST', path: at, headers, body }, now);
}

async function post(headers: Record<string, string>, { at = path, content = body } = {}) {
  const { port } = server.address() as AddressInfo;
  const asked = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: at, headers }).end(content);
  const [answer] = await once(asked, 'response');
  return { status: answer.statusCode, body: JSON.parse(await text(answer)) };
}

test('hands on who has signed the request', async () => {
  const answer = await post(signed());
  expect(answer).toMatchObject({ status: 200, body: { body, pathParameters: { command: 'reports' } } });
  expect(answer.body.requestContext.authorizer.iam).toEqual({
    accessKey: `LOCAL${operatorId}`,
    accountId: '000000000000',
    callerId: operatorId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: 'arn:aws:iam::000000000000:user/laptop',
    userId: operatorId,
  });
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
test.each<[string, () => ReturnType<typeof post>]>([
  ['without a signature', () => post({ 'content-type': 'application/json' })],
  ['with a bearer token', () => post({ authorization: 'Bearer token' })],
  ['with another body', () => post(signed(), { content: '{}' })],
  ['for another path', () => post(signed(), { at: '/operator/audit' })],
  ['for another host', () => post({ ...signed(), host: 'api.example' })],
  ['with another secret', () => post(signed({ secret: 'made up' }))],
  ['for another service', () => post(signed({ service: 's3' }))],
  ['ten minutes ago', () => post(signed({ at: minutesAgo(10) }))],
  ['ten minutes from now', () => post(signed({ at: minutesAgo(-10) }))],
  ['by a function', () => post(signed({ id: 'Function' }))],
  ['by somebody whose policies do not allow it', () => post(signed({ id: 'Guest' }))],
  ['by nobody known', () => post(signed({ id: 'Nobody' }))],
])('refuses a request that was signed %s', async (_what, ask) => {
  expect(await ask()).toEqual({ status: 403, body: { message: 'Forbidden' } });
});

test('refuses a request whose host is not signed', async () => {
  signAs(operatorId);
  const headers = sign({ service: 'execute-api', method: 'POST', path, headers: {}, body }, new Date());
  expect((await post({ ...headers, host: host() })).status).toBe(403);
});

test('a route for everybody ignores signatures', async () => {
  const answer = await post(signed({ secret: 'made up' }), { at: '/chats' });
  expect(answer.status).toBe(200);
  expect(answer.body.requestContext).not.toHaveProperty('authorizer');
});

test('the grants of a person need not be used', () => {
  const [, ofFunction] = [operatorId, 'a function'].map((name) => `${name} execute-api:Invoke`);
  expect(roles.unused()).toEqual([`${ofFunction} ${statements[0]?.resources[0]}`]);
});

test('knows a signed request by its header', () => {
  expect(isSigned(signed())).toBe(true);
  expect(isSigned({ authorization: 'Bearer AWS4-HMAC-SHA256 x' })).toBe(false);
  expect(isSigned({})).toBe(false);
});
