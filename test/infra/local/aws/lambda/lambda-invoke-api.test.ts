import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { awsRequest } from '#shared/platform/aws/request.ts';
import { functionArn } from '../../../../../infra/local/aws/cloudformation/arns.ts';
import { Roles } from '../../../../../infra/local/aws/iam/roles.ts';
import { LocalLambda } from '../../../../../infra/local/aws/lambda/lambda.ts';
import { handleInvocation, invocationsPath } from '../../../../../infra/local/aws/lambda/lambda-invoke-api.ts';

/** Lambda's asynchronous invocation of a function that handles one event at a time, each when the file with its name exists. */

const folder = mkdtempSync(join(tmpdir(), 'chat-invoke-'));
const file = join(folder, 'function.cjs');
writeFileSync(
  file,
  `const { existsSync } = require('node:fs');
  exports.handler = async ({ name, waitFor }) => {
    while (waitFor && !existsSync(waitFor)) await new Promise((resolve) => setTimeout(resolve, 10));
    console.log(name);
  };`,
);
const statements = [{ actions: ['lambda:InvokeFunction'], resources: [functionArn('F')] }];
const names = { id: 'F', name: 'test/function', functionName: 'F' };
const settings = { environment: {}, timeoutSeconds: 10, memoryMb: 128, retries: 0, concurrency: 1 };
const config = { ...names, ...settings, file, statements };
const roles = new Roles([config]);
const handled: string[] = [];
const lambda = new LocalLambda(config, {}, (text) => handled.push(text.trim()));
const deployment = { functions: [config], lambdas: new Map([['F', lambda]]) };
const server = createServer((request, response) => void handleInvocation(request, response, deployment, roles));

beforeAll(async () => {
  const { accessKeyId, secretAccessKey } = roles.credentialsOf(config);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.close();
  await lambda.close();
  rmSync(folder, { recursive: true });
});

async function invoke(event: object): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const url = new URL(`http://127.0.0.1:${port}${invocationsPath}F/invocations`);
  const headers = { 'x-amz-invocation-type': 'Event' };
  const request = { service: 'lambda', method: 'POST', url, headers, body: JSON.stringify(event) } as const;
  return (await awsRequest(request)).status;
}

test('an event for which no concurrency is free is accepted, waits and is not lost', async () => {
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => {});
  const waitFor = join(folder, 'go');
  expect(await invoke({ name: 'first', waitFor })).toBe(202);
  expect(await invoke({ name: 'second' })).toBe(202);
  await vi.waitUntil(() => complaints.mock.calls.flat().includes('test/function has no free concurrency'));
  writeFileSync(waitFor, '');
  await vi.waitUntil(() => handled.length === 2, { timeout: 10_000 });
  expect(handled).toEqual(['first', 'second']);
});
