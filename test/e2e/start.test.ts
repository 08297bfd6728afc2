import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, inject, test } from 'vitest';
import { startLocal } from '../../infra/local/start.ts';
import { request } from '../support/api-client.ts';

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

function start(
  args: string[],
  env: Record<string, string> = {},
): { child: ChildProcess; output: () => string; says(text: string): Promise<void> } {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const output = () => said.join('');
  const says = async (text: string) => {
    while (!output().includes(text)) {
      if (child.exitCode !== null) throw new Error(`It ended without saying "${text}":\n${output()}`);
      await Promise.race([once(child.stdout as NodeJS.EventEmitter, 'data'), once(child, 'exit')]);
    }
  };
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(String(chunk)));
  return { child, output, says };
}

/** Java processes below this one's children, by the command line that the kernel tells. */
function databasesOf(pid: number | undefined): string[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
  const below = (parent: string): string[] =>
    rows.filter(([, ppid]) => ppid === parent).flatMap((row) => [row.slice(2).join(' '), ...below(row[0] ?? '')]);
  return below(String(pid)).filter((command) => command.startsWith('java'));
}

async function portOf(command: string): Promise<number> {
  return Number(/-port (\d+)/.exec(command)?.[1]);
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

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('ends its database when it gets %s', async (signal) => {
  const { child, output, says } = start(['--memory']);
  await says('Ready.');
  expect(output()).toContain('npx wscat -c "ws://localhost:');
  const [database = ''] = databasesOf(child.pid);
  const port = await portOf(database);
  expect(port).toBeGreaterThan(0);
  child.kill(signal);
  const [code] = await once(child, 'exit');
  expect(code).toBe(signal === 'SIGKILL' ? null : 0);
  await untilFree(port);
});

test('says what to do where there is no Java', async () => {
  const path = newFolder();
  symlinkSync('/bin/sh', join(path, 'sh'));
  const { child, output } = start(['--memory'], { PATH: path });
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  expect(output()).toMatch(/There is no Java.*Install a Java runtime.*DYNAMODB_ENDPOINT/);
});

test('says that a port is taken', async () => {
  const port = new URL(inject('dynamodb')).port;
  const { child, output } = start(['--memory'], { PORT: port });
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
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
