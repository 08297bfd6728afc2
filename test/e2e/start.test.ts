import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, inject, test } from 'vitest';
import { WebSocket } from 'ws';
import { startLocal } from '../../infra/local/runner.ts';
import { request } from '../support/api-client.ts';
import { startProcess } from '../support/processes.ts';

/** `npm start` as a process of its own: how it begins and that it leaves nothing behind. */

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

const start = (args: string[], env: Record<string, string> = {}, command = [process.execPath, main]) =>
  startProcess([...command, ...args], { env: { PORT: '0', ...env } });

/** Java processes below this one's children, by the command line that the kernel tells. */
function databasesOf(pid: number | undefined): string[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
  const below = (parent: string): string[] =>
    rows.filter(([, ppid]) => ppid === parent).flatMap((row) => [row.slice(2).join(' '), ...below(row[0] ?? '')]);
  return below(String(pid)).filter((command) => command.startsWith('java'));
}

/** The port of its one database. */
function databasePort(pid: number | undefined): number {
  const [database = ''] = databasesOf(pid);
  return Number(/-port (\d+)/.exec(database)?.[1]);
}

/** Resolves when nothing listens on the port any more. */
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
  'serves the socket of the line it prints, and ends its database when it gets %s',
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

test('shows the requests of others, but none that it makes itself to begin', async () => {
  const { child, exited, output, says } = start(['--memory']);
  const [, url = ''] = await says(/REST +(\S+)/);
  await says(/Ctrl-C/);
  expect(output()).toMatch(/ s {2}Making the key that signs the tokens\n/);
  expect(output()).not.toMatch(/key rotation|wrong_credentials|^[A-Z]+ \/\S* {2}\d{3}/m);
  await fetch(`${url}/health`);
  await says(/^GET \/health {2}200/m);
  child.kill('SIGINT');
  expect(await exited).toBe(0);
  expect(output()).toMatch(/Stopping: Ctrl-C\.\n.*Stopped\. Nothing was kept\./);
});

test('leaves nothing behind when it is stopped while it starts', async () => {
  const TMPDIR = newFolder();
  const { child, exited, output, says } = start(['--memory'], { TMPDIR });
  await says(/Synthesizing/);
  child.kill('SIGINT');
  expect(await exited).toBe(0);
  expect(output()).toMatch(/Stopped\. Nothing was kept\./);
  expect(readdirSync(TMPDIR)).toEqual([]);
});

test.each([
  [['--memroy'], {}, 2, 'Unknown argument: --memroy\n'],
  [[], { PORT: 'http' }, 1, 'PORT is "http": give a number up to 65535.'],
  [[], { HOST: '203.0.113.1' }, 1, 'This machine does not have the address 203.0.113.1.'],
])('says what is wrong with %j %j', async (args, env, exitCode, says) => {
  const { exited, output } = start(args, env);
  expect(await exited).toBe(exitCode);
  expect(output()).toContain(says);
});

test('the demo says what it is, and refuses what it does not know', async () => {
  const demo = (argument: string) => start([argument], {}, [process.execPath, join(import.meta.dirname, '../demo.ts')]);
  const [help, unknown] = [demo('--help'), demo('--fast')];
  expect(await Promise.all([help.exited, unknown.exited])).toEqual([0, 2]);
  expect(help.output()).toMatch(/^npm run demo .*\n[\s\S]*API_BASE_URL/);
  expect(unknown.output()).toContain('Unknown argument: --fast\n');
});

test('ends when npm, which started it through a shell, is gone', async () => {
  const shell = ['sh', '-c', '"$0" "$@"; true', process.execPath, main];
  const { child, says } = start(['--memory'], { npm_lifecycle_event: 'start' }, shell);
  await says(/Ready\./);
  const port = databasePort(child.pid);
  expect(port).toBeGreaterThan(0);
  child.kill('SIGTERM');
  await untilFree(port);
});

test('ends when nobody reads any more what it says', async () => {
  const { child, exited, says } = start(['--memory']);
  const [, url = ''] = await says(/REST +(\S+)/);
  await says(/Ctrl-C/);
  const port = databasePort(child.pid);
  for (const stream of [child.stdout, child.stderr]) stream?.destroy();
  // Of each request there is something to say; it may end before it answers.
  await fetch(`${url}/health`).catch(() => {});
  expect(await exited).toBe(0);
  await untilFree(port);
});

test('says what to do where there is no Java', async () => {
  const path = newFolder();
  symlinkSync('/bin/sh', join(path, 'sh'));
  const { exited, output } = start(['--memory'], { PATH: path });
  expect(await exited).toBe(1);
  expect(output()).toMatch(/There is no Java.*Install a Java runtime.*DYNAMODB_ENDPOINT/);
});

test('says that a port is taken', async () => {
  const { port } = new URL(inject('dynamodb'));
  const { exited, output } = start(['--memory'], { PORT: port });
  expect(await exited).toBe(1);
  expect(output()).toContain(`Port ${port} is taken`);
});

test('keeps users, messages and sessions between runs, one run at a time', async () => {
  const folder = join(newFolder(), 'data');
  mkdirSync(folder);
  const options = { port: 0, folder, log: () => {} };
  const first = await startLocal(options);
  const { body } = await request(first.url, 'POST', '/auth/register', {
    body: { email: 'anna@example.com', password: 'correct horse' },
  });
  const { body: made } = await request(first.url, 'POST', '/groups', {
    token: body.accessToken,
    body: { name: 'Kept', participantIds: [] },
  });
  await expect(startLocal(options)).rejects.toThrow(/uses the data in/);
  await first.close();
  const second = await startLocal(options);
  const { body: chats } = await request(second.url, 'GET', '/chats', { token: body.accessToken });
  expect(chats.chats).toMatchObject([{ id: made.group.id, name: 'Kept' }]);
  await second.close();
});
