import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, inject, test } from 'vitest';
import { WebSocket } from 'ws';
import { Runner } from '../../infra/local/runner.ts';
import { request } from '../support/api-client.ts';
import { ownTables } from '../support/own-tables.ts';
import { startProcess } from '../support/processes.ts';
import { cdkJsonOf, folderWith } from '../support/stage-folder.ts';

/** `npm start` as a process: how it starts, and that it leaves nothing behind. */

const main = join(import.meta.dirname, '../../infra/local/main.ts');
const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-start-'));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const start = (
  args: string[],
  env: Record<string, string> = {},
  { command = [process.execPath, main], cdkJson = cdkJsonOf(), cwd = folderWith(cdkJson) } = {},
) => startProcess([...command, ...args], { env: { PORT: '0', ...env }, cwd });

/** The process id, parent's id and command line of every process, in words. */
const processes = () =>
  execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => row.trim().split(/\s+/));

/** The command lines of the Java processes below this process. */
function databasesOf(pid: number | undefined): string[] {
  const rows = processes();
  const below = (parent: string): string[] =>
    rows.filter(([, ppid]) => ppid === parent).flatMap((row) => [row.slice(2).join(' '), ...below(row[0] ?? '')]);
  return below(String(pid)).filter((command) => command.startsWith('java'));
}

/** The port of the process's only database. */
function databasePort(pid: number | undefined): number {
  const [database = ''] = databasesOf(pid);
  return Number(/-port (\d+)/.exec(database)?.[1]);
}

/** Resolves when nothing listens on the port. */
async function untilFree(port: number): Promise<void> {
  while (
    await fetch(`http://127.0.0.1:${port}`).then(
      () => true,
      () => false,
    )
  )
    await sleep(50);
}

test.each([
  ['SIGINT', 0],
  ['SIGTERM', 0],
  ['SIGKILL', null],
] as const)(
  'serves the socket in the command that it prints, and ends its database after %s',
  async (signal, exitCode) => {
    const { child, exited, says } = start(['--memory']);
    const [, url = ''] = await says(/npx wscat -c "(.*)"/);
    const socket = new WebSocket(url);
    await once(socket, 'open');
    socket.on('error', () => {});
    const port = databasePort(child.pid);
    expect(port).toBeGreaterThan(0);
    child.kill(signal);
    expect(await exited).toBe(exitCode);
    await untilFree(port);
  },
);

test('shows requests, but not the ones it makes itself at the start', async () => {
  const { child, exited, output, says } = start(['--memory'], { DYNAMODB_ENDPOINT: ownTables() });
  const [, url = ''] = await says(/REST +(\S+)/);
  await says(/Ctrl-C/);
  expect(output()).toMatch(/ s {2}Creating the key that signs tokens\n/);
  expect(output()).not.toMatch(/key rotation|wrong_credentials|[A-Z]+ \/\S* {2}\d{3}/);
  await fetch(`${url}/health`);
  await says(/^\d\d:\d\d:\d\d {2}GET \/health {2}200/m);
  child.kill('SIGINT');
  expect(await exited).toBe(0);
  expect(output()).toMatch(/Stopping \(Ctrl-C\)\.\n.*Stopped\. No data was kept\./);
});

test('with --chaos it starts undisturbed, says what will go wrong, and shows each fault', async () => {
  const { child, exited, output, says } = start(['--memory', '--chaos=7'], { DYNAMODB_ENDPOINT: ownTables() });
  const [, url = ''] = await says(/REST +(\S+)/);
  await says(/Ctrl-C/);
  expect(output()).toMatch(/npm start -- --chaos=7\n.*requestThrottled +one in 20 requests/);
  expect(output()).not.toMatch(/chaos: /);
  while ((await fetch(`${url}/health`)).status !== 429);
  await says(/chaos: requestThrottled GET \/health/);
  child.kill('SIGINT');
  expect(await exited).toBe(0);
});

test('npm start --memory --chaos=7, without the "--", is understood', async () => {
  const { child, exited, says } = start([], { npm_config_memory: 'true', npm_config_chaos: '7' });
  await says(/data in memory/);
  await says(/npm start -- --chaos=7/);
  child.kill('SIGINT');
  expect(await exited).toBe(0);
});

test.each([
  // With a setting that no start had before, so that the app runs.
  ['Synthesizing the CDK app', { throttle: { rateLimit: 100 + Math.random() } }],
  ['Starting DynamoDB Local', {}],
  ['Creating the tables', {}],
  ['Creating the key that signs tokens', {}],
  ['Opening the demo chat', {}],
])('leaves nothing behind when it is stopped at the step "%s"', async (step, settings) => {
  const TMPDIR = newFolder();
  const { child, exited, output, says } = start(['--memory'], { TMPDIR }, { cdkJson: cdkJsonOf(settings) });
  await says(new RegExp(step));
  const databases = databasesOf(child.pid);
  child.kill('SIGINT');
  expect(await exited).toBe(0);
  expect(output()).toMatch(/Stopped\. No data was kept\./);
  expect(readdirSync(TMPDIR)).toEqual([]);
  const running = processes().map((row) => row.slice(2).join(' '));
  expect(databases.filter((database) => running.includes(database))).toEqual([]);
});

test.each([
  [['--memroy'], {}, 2, 'Unknown argument: --memroy\n'],
  [['--chaos=x'], {}, 1, 'Invalid seed "x". Use --chaos=7, or --chaos alone.'],
  [[], { PORT: 'http' }, 1, 'Invalid PORT "http". Use a number up to 65535.'],
  [[], { HOST: '203.0.113.1' }, 1, 'This machine does not have the address 203.0.113.1.'],
])('explains what is wrong with %j %j', async (args, env, exitCode, says) => {
  const { exited, output } = start(args, env);
  expect(await exited).toBe(exitCode);
  expect(output()).toContain(says);
});

test.each([
  ['not JSON', 'cdk.json is not valid JSON: '],
  ['{"context":[]}', 'cdk.json must be an object, and so must its "context".'],
  ['{"context":{"stages":{"prod":{}}}}', 'The stage "dev" is not in cdk.json. It has: prod. Add it'],
  [cdkJsonOf({ logDays: 8 }), 'Invalid settings of the stage "dev" in cdk.json:\n✖ '],
])('explains what is wrong with the cdk.json %s', async (cdkJson, says) => {
  const { exited, output } = start(['--memory'], {}, { cdkJson });
  expect(await exited).toBe(1);
  expect(output()).toContain(says);
});

test('explains that there is no cdk.json', async () => {
  const cwd = newFolder();
  const { exited, output } = start(['--memory'], {}, { cwd });
  expect(await exited).toBe(1);
  expect(output()).toContain(`There is no cdk.json in ${cwd}. `);
});

test('runs the stage dev, even if its throttle stops the demo account, and reloads when cdk.json changes', async () => {
  const cwd = folderWith(cdkJsonOf({ throttle: { rateLimit: 0.001, burstLimit: 1 } }));
  const { child, exited, output, says } = start(['--memory'], { DYNAMODB_ENDPOINT: ownTables() }, { cwd });
  await says(/The demo accounts cannot be used now.*\n.*Too Many Requests/);
  expect(output()).toContain('Settings: the stage "dev" of cdk.json\n');
  const change = (text: string) => writeFileSync(join(cwd, 'cdk.json'), text);
  change('{');
  await says(/cdk\.json has changed\. Reloading\.\n.*Reload failed; .*cdk\.json is not valid JSON/);
  change(cdkJsonOf());
  await says(/Reloaded in/);
  const [, url = ''] = await says(/REST +(\S+)/);
  const body = { email: 'demo@example.com', password: 'demo password' };
  expect((await request(url, 'POST', '/auth/login', { body })).status).toBe(200);
  // On the laptop codes go to every country.
  expect((await request(url, 'POST', '/auth/code', { body: { phone: '+4915112345678' } })).status).toBe(200);
  child.kill('SIGINT');
  expect(await exited).toBe(0);
});

test('the demo has a --help and rejects unknown arguments', async () => {
  const demo = (argument: string) =>
    start([argument], {}, { command: [process.execPath, join(import.meta.dirname, '../demo/main.ts')] });
  const [help, unknown] = [demo('--help'), demo('--fast')];
  expect(await Promise.all([help.exited, unknown.exited])).toEqual([0, 2]);
  expect(help.output()).toMatch(/^npm run demo .*\n[\s\S]*API_BASE_URL/);
  expect(unknown.output()).toContain('Unknown argument: --fast\n');
});

test('ends after npm, which started it through a shell, has ended', async () => {
  const command = ['sh', '-c', '"$0" "$@"; true', process.execPath, main];
  const { child, says } = start(['--memory'], { npm_lifecycle_event: 'start' }, { command });
  await says(/Ready\./);
  const port = databasePort(child.pid);
  expect(port).toBeGreaterThan(0);
  child.kill('SIGTERM');
  await untilFree(port);
});

test('ends when nothing reads its output', async () => {
  const { child, exited, says } = start(['--memory']);
  const [, url = ''] = await says(/REST +(\S+)/);
  await says(/Ctrl-C/);
  const port = databasePort(child.pid);
  for (const stream of [child.stdout, child.stderr]) stream?.destroy();
  // Each request is logged. The process may end before it answers.
  await fetch(`${url}/health`).catch(() => {});
  expect(await exited).toBe(0);
  await untilFree(port);
});

test('says what to do when Java is not installed', async () => {
  const path = newFolder();
  symlinkSync('/bin/sh', join(path, 'sh'));
  const { exited, output } = start(['--memory'], { PATH: path });
  expect(await exited).toBe(1);
  expect(output()).toMatch(/needs Java, which is not installed.*Install a Java runtime.*DYNAMODB_ENDPOINT/);
});

test('says that the port is in use', async () => {
  const { port } = new URL(inject('dynamodb'));
  const { exited, output } = start(['--memory'], { PORT: port });
  expect(await exited).toBe(1);
  expect(output()).toContain(`Port ${port} is in use`);
});

test('keeps users, messages and sessions between runs, also when the stage changes, and allows one run at a time', async () => {
  const folder = join(newFolder(), 'data');
  mkdirSync(folder);
  const options = { port: 0, folder, log: () => {} };
  const first = await Runner.start(options);
  const { body } = await request(first.url, 'POST', '/auth/register', {
    body: { email: 'anna@example.com', password: 'correct horse' },
  });
  const { body: made } = await request(first.url, 'POST', '/groups', {
    token: body.accessToken,
    body: { name: 'Kept', participantIds: [] },
  });
  // Also at the same port: another one would be of no use.
  const port = Number(new URL(first.url).port);
  await expect(Runner.start({ ...options, port })).rejects.toThrow(/already uses the data in/);
  await first.close();
  const second = await Runner.start({ ...options, context: () => ({ stage: 'dev', stages: { dev: {} } }) });
  const { body: chats } = await request(second.url, 'GET', '/chats', { token: body.accessToken });
  expect(chats.chats).toMatchObject([{ id: made.group.id, name: 'Kept' }]);
  await second.close();
});
