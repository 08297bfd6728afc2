import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiRequest } from '../../../../../infra/local/aws/api-gateway/api-request.ts';
import { Edge } from '../../../../../infra/local/aws/api-gateway/edge.ts';
import { answerRequest } from '../../../../../infra/local/aws/api-gateway/entry.ts';
import { apiHost } from '../../../../../infra/local/aws/cloudformation/arns.ts';
import type { Deployment } from '../../../../../infra/local/aws/cloudformation/deployment.ts';
import type { LocalS3 } from '../../../../../infra/local/aws/s3/local-s3.ts';

/** Which of a request's ways to the HTTP API it takes. */

const behavior = {
  pattern: '*',
  host: apiHost('Rest'),
  headers: { 'chat-edge-key': 'the key' },
  methods: ['POST'],
  code: undefined,
  bucket: undefined,
};
const seen: ApiRequest[] = [];
const rest = {
  handle: async (request: ApiRequest, _incoming: unknown, response: { end: () => void }) => {
    seen.push(request);
    response.end();
  },
};
const deployment = { edge: new Edge([behavior], (value) => value), rest, socketApi: { id: 'Socket' } };
const server = createServer(
  (...http) => void answerRequest(deployment as unknown as Deployment, {} as LocalS3, ...http),
);
beforeAll(async () => void (await once(server.listen(0, '127.0.0.1'), 'listening')));
afterAll(() => void server.close());

async function edgeKeyWith(authorization: string): Promise<unknown> {
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/operator/reports`, { method: 'POST', headers: { authorization } });
  return seen.at(-1)?.headers['chat-edge-key'];
}

test('a request goes through the edge, but a signed one reaches the API directly', async () => {
  expect(await edgeKeyWith('Bearer token')).toBe('the key');
  expect(await edgeKeyWith('AWS4-HMAC-SHA256 Credential=a')).toBeUndefined();
});
