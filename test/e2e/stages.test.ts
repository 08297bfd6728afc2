import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, inject, test } from 'vitest';
import { db } from '#shared/data/client.ts';
import type { Context } from '../../infra/local/aws/cloudformation/context.ts';
import type { RunnerOptions } from '../../infra/local/options.ts';
import { Runner } from '../../infra/local/runner.ts';
import { ChatSocket, refusedStatus, request } from '../support/api-client.ts';
import { newPhone } from '../support/people.ts';
import { everything } from '../support/stacks.ts';
import { aws } from '../support/stand-ins/aws.ts';
import { openai } from '../support/stand-ins/openai.ts';

/** The settings of a stage take effect in the local runner, at the start and at a reload. */

const dev = (settings: unknown): Context => ({ stage: 'dev', stages: { prod: {}, dev: settings } });

const runners: Runner[] = [];
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.close();
});

async function start(context: () => Context, options: Partial<RunnerOptions> = {}): Promise<Runner> {
  const shared = { port: 0, dynamodb: inject('dynamodb'), secrets: aws.secrets, log: () => {} };
  const runner = await Runner.start({ ...shared, ...options, context });
  runners.push(runner);
  return runner;
}

const post = ({ url }: Runner, path: string, body: object, token?: string) =>
  request(url, 'POST', path, { ...(token !== undefined && { token }), body });

/** Registers with a common password. Returns the token and a group of the new user. */
async function openGroup(runner: Runner): Promise<{ token: string; chatId: string }> {
  const email = `${newPhone().slice(1)}@example.com`;
  const { body } = await post(runner, '/auth/register', { email, password: 'password123' });
  const { body: created } = await post(runner, '/groups', { name: 'A group', participantIds: [] }, body.accessToken);
  return { token: body.accessToken, chatId: created.group.id };
}

const textTo = (runner: Runner, phone: string) => post(runner, '/auth/code', { phone });

/** With the stack of us-east-1, a restored table, a domain and a firewall. The throttles would be in the way. */
const { throttle, passwordThrottle, ...settings } = everything;

test('a stage with every setting runs, with its own table, sender, model and rules for passwords', async () => {
  const assistant = { model: 'of the stage', baseUrl: openai.url };
  const runner = await start(() => dev({ ...settings, assistant }), { openai: { apiKey: 'a key' } });
  expect(runner.assistant).toEqual({ model: 'of the stage', baseUrl: openai.url });
  openai.behave({ pieces: ['fine'] });
  const { token, chatId } = await openGroup(runner);
  expect((await post(runner, '/ai/ask', { chatId, question: 'Which model?' }, token)).body.message.type).toBe('ai');
  expect(openai.requests.map(({ model }) => model)).toEqual(['of the stage']);
  const socket = await ChatSocket.open(runner.url, chatId, token);
  socket.close();
  expect((await textTo(runner, newPhone())).status).toBe(200);
  const { Count } = await db.send(new ScanCommand({ TableName: settings.restoredTable, Limit: 1 }));
  expect(Count).toBe(1);
});

test('the developer’s settings replace those of the stage, and a reload takes over changed settings of the stage', async () => {
  const assistant = { model: 'of the stage', baseUrl: 'http://127.0.0.1:9/v1' };
  const own = { apiKey: 'a key', baseUrl: openai.url, model: 'of the developer' };
  let context = dev({ edge: false, refuseCommonPasswords: false, assistant });
  const runner = await start(() => context, { openai: own });
  expect(runner.assistant).toEqual({ model: 'of the developer', baseUrl: openai.url });
  openai.behave({ pieces: ['fine'] });
  const { token, chatId } = await openGroup(runner);
  expect((await post(runner, '/ai/ask', { chatId, question: 'Which model?' }, token)).status).toBe(200);
  expect(openai.requests.map(({ model }) => model)).toEqual(['of the developer']);

  // Without CloudFront a socket opens at API Gateway's URL only.
  const ws = runner.url.replace('http', 'ws');
  expect(runner.wsUrl).toBe(`${ws}/live`);
  expect(await (await fetch(runner.url)).text()).toMatch(/<html [^>]*data-ws-path="\/live"/);
  (await ChatSocket.openAt(`${runner.wsUrl}?chatId=${chatId}&token=${token}`)).close();
  expect(await refusedStatus(`${ws}/ws/chat/${chatId}?token=${token}`)).toBe(404);

  context = dev({ textMessages: { countries: ['KZ'] }, keyVersion: 2 });
  await runner.reload();
  expect(runner.wsUrl).toBe(ws);
  (await ChatSocket.open(runner.url, chatId, token)).close();
  expect((await textTo(runner, newPhone())).body.code).toBe('country_not_served');

  // The same messages as from cdk synth. What was served before goes on.
  context = dev({ textMessages: { countries: 'RU' } });
  await expect(runner.reload()).rejects.toThrow(
    /Invalid settings of the stage "dev" in cdk.json:\n✖ .*\n +→ at textMessages.countries$/,
  );
  context = { stage: 'dev', stages: { prod: {} } };
  await expect(runner.reload()).rejects.toThrow(
    'The stage "dev" is not in cdk.json. It has: prod. Add it under "stages": "dev": {}',
  );
  expect((await textTo(runner, newPhone())).body.code).toBe('country_not_served');
});
