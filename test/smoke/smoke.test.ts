import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { endpoints } from '#shared/contract/index.ts';
import { Runner } from '../../infra/local/runner.ts';
import { ownTables } from '../support/own-tables.ts';
import { startProcess } from '../support/processes.ts';
import { checkLog } from './checks/seen-in-log.ts';
import { Backend } from './client/backend.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { LogStandIn } from './log-stand-in.ts';
import { readOptions, WrongArguments } from './run/options.ts';
import { exitCodeOf, latenciesOf } from './run/report.ts';
import { Results } from './run/results.ts';
import { type Options, type Report, smoke } from './run/smoke.ts';

/** The smoke test notices what an edge can do wrong. That it passes against `npm start` is shown in .ci/run. */

// Each function starts once, beside other tests on the same cores.
vi.setConfig({ testTimeout: 180_000 });

const main = join(import.meta.dirname, 'main.ts');
const logged: string[] = [];
let runner: Runner;
let log: LogStandIn;
let healthy: FaultyProxy;
let faulty: FaultyProxy;

const optionsFor = (url: string, more: Partial<Options> = {}): Options => ({
  ...{ url, wsUrl: url.replace('http', 'ws'), stage: undefined, region: undefined, waitMs: 30_000 },
  ...more,
});
const run = (options: Options): Promise<Report> => smoke(options, new AbortController().signal, () => {});
const having = ({ results }: Report, wanted: string): string[] =>
  results.filter(({ outcome }) => outcome === wanted).map(({ subject, name }) => `${subject}: ${name}`);

const accountsAt = (proxy: FaultyProxy) => ({
  created: proxy.count('POST /auth/register 200'),
  deleted: proxy.count('DELETE /users/me 200'),
});

beforeAll(async () => {
  const start = { port: 0, dynamodb: ownTables(), log: (line: string) => logged.push(line) };
  runner = await Runner.start({ ...start, queueDelay: (seconds) => (seconds < 60 ? seconds * 15 : seconds * 1000) });
  log = await new LogStandIn(logged).start();
  healthy = await new FaultyProxy(runner.url).start();
  faulty = await new FaultyProxy(runner.url, {
    withoutHeaders: /^access-control-/,
    fails: /^GET \/users\/me\/blocks/,
    insecure: /^GET \/chats$/,
    refusesSockets: /^\/ws\/(inbox|nothing)/,
    maxSocketBytes: 32_000,
    garbles: [
      [/"content":"Two"/, '"content":"Owt"'],
      [/\?w=\d+[^"]*/, ''],
    ],
  }).start();
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', log.url);
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', log.url);
});
afterAll(async () => {
  for (const each of [log, healthy, faulty]) each.close();
  await runner.close();
});

test('each fault of the edge fails a check, every endpoint is called, and the accounts are deleted all the same', async () => {
  const report = await run(optionsFor(faulty.url, { stage: 'prod', region: 'eu-central-1' }));
  expect(having(report, 'failed')).toEqual([
    'endpoints: GET /users/me/blocks',
    'sockets: the inbox opens and answers',
    'sockets: 401 for an invalid token at the inbox',
    'sockets: 404 for a path without a socket',
    'frames: a frame of 32 KB is stored and comes back',
    'frames: a larger frame closes the socket with 1009',
    'catching up: after a drop, a sync brings what was missed',
    'files: the file comes back unchanged',
    'CORS: a preflight from another origin allows the request',
    'CORS: a page of another origin may read an answer',
    'CORS: a page of another origin may read a refusal',
    'headers: x-content-type-options in every answer',
    'headers: strict-transport-security in every answer',
  ]);
  expect(having(report, 'not checked')).toEqual(['sockets: a message reaches the sender and the other’s inbox']);
  expect(exitCodeOf(report)).toBe(1);
  expect(report.results.find(({ name }) => name === 'GET /users/me/blocks')?.text).toMatch(/request id \S+/);
  expect(new Set(report.calls.map(({ endpoint }) => endpoint))).toEqual(new Set(endpoints));
  expect(accountsAt(faulty)).toEqual({ created: 2, deleted: 2 });
});

test.each([
  [undefined, 'needs --stage'],
  ['missing', 'there is no stack chat-missing'],
])('does not check the log of the stage %s', async (stage, why) => {
  const { signal } = new AbortController();
  const results = new Results(signal, () => {});
  const backend = new Backend(optionsFor(runner.url), 1000, signal);
  await checkLog(backend, results, { stage, region: 'eu-central-1' }, { chatId: undefined, since: 0, signal });
  expect(results.all.map(({ outcome, text }) => ({ outcome, text }))).toEqual([
    { outcome: 'not checked', text: expect.stringContaining(why) },
    { outcome: 'not checked', text: expect.stringContaining(why) },
  ]);
});

test('Ctrl-C ends the command, which deletes its accounts first', async () => {
  const before = accountsAt(healthy);
  const command = startProcess([process.execPath, main, healthy.url]);
  await command.says(/POST \/auth\/register[\s\S]*POST \/auth\/register/);
  command.child.kill('SIGINT');
  expect(await command.exited).toBe(130);
  expect(command.output()).toMatch(/\d ok, 0 failed, 0 not checked, then stopped/);
  expect(accountsAt(healthy)).toEqual({ created: before.created + 2, deleted: before.deleted + 2 });
});

test('exits with 2 if nothing answers', async () => {
  expect(await startProcess([process.execPath, main, 'http://127.0.0.1:1', '--json']).exited).toBe(2);
});

test.each([
  ['no URL', []],
  ['two URLs', ['https://a.example', 'https://b.example']],
  ['an unknown option', ['https://a.example', '--fast']],
  ['a URL of another protocol', ['wss://a.example']],
  ['a time-out that is no number', ['https://a.example', '--timeout=soon']],
])('refuses %s', (_what, args) => {
  expect(() => readOptions(args)).toThrow(WrongArguments);
});

test('the table has the longest call of each endpoint, the slowest endpoint first', () => {
  const [one, two] = endpoints as [Endpoint, Endpoint];
  const times = [5, 40, ...Array.from({ length: 17 }, () => 10)];
  const calls = [...times.map((ms) => ({ endpoint: one, ms })), { endpoint: two, ms: 90.4 }];
  expect(latenciesOf({ url: '', results: [], calls, remaining: [], stopped: false })).toEqual({
    endpoints: [
      { endpoint: `${two.method} ${two.path}`, ms: 90, calls: 1 },
      { endpoint: `${one.method} ${one.path}`, ms: 40, calls: 19 },
    ],
    ...{ p50: 10, p95: 40, max: 90 },
  });
});
