import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ReferenceServer, startReference } from './reference/server.ts';
import { readOptions, WrongArguments } from './run/options.ts';

/** `npm run conformance`, as a command. */

const main = join(import.meta.dirname, 'main.ts');

let reference: ReferenceServer;
beforeAll(async () => {
  reference = await startReference();
});
afterAll(() => reference.close());

interface Ended {
  code: number;
  output: string;
}

const run = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });

test('reports each requirement, and says what it skipped and why', async () => {
  const { code, output } = await run(reference.url, '--specification-only', '--only=auth.', '--json');
  const { totals, requirements, remaining } = JSON.parse(output);
  expect(code).toBe(0);
  expect(totals).toEqual({ ok: 10, failed: 0, skipped: 2 });
  const skipped = requirements.filter(({ result }: { result: string }) => result === 'skipped');
  expect(skipped.map(({ id, why }: { id: string; why: string }) => [id, why])).toEqual([
    ['auth.login.phone', expect.stringContaining('--code-command')],
    ['auth.gmail.success', expect.stringContaining('--google-token')],
  ]);
  // The specification has no way to delete an account.
  expect(remaining).toContainEqual(expect.stringMatching(/^conformance-.+@example\.com$/));
});

test('takes a code from a command', async () => {
  const args = ['--only=auth.login.phone', '--phone=+79991234567', '--code-command=echo "code for $PHONE: 123456"'];
  const { code, output } = await run(reference.url, ...args);
  // The phone has more than eight digits.
  expect(output).toContain('1 ok, 0 failed, 0 skipped');
  expect(code).toBe(0);
});

test('exits with 1 when a requirement is not met, and says what was expected and what came', async () => {
  const { code, output } = await run(reference.url, '--only=problems.health');
  expect(output).toMatch(/FAILED.*problems\.health/);
  expect(output).toMatch(/expected +a status of success\n +came +404/);
  expect(code).toBe(1);
});

test('exits with 2 if no server answers, and if the arguments are wrong', async () => {
  const [silent, wrong] = await Promise.all([
    run('http://127.0.0.1:1'),
    run(reference.url, '--only=no-such-requirement'),
  ]);
  expect([silent.code, wrong.code]).toEqual([2, 2]);
});

test.each([
  ['a missing URL', []],
  ['two URLs', ['http://localhost', 'http://localhost']],
  ['an unknown option', ['http://localhost', '--specification']],
  ['a URL of another protocol', ['ws://localhost']],
  ['a phone without a command', ['http://localhost', '--phone=+79991234567']],
  ['a time-out that is no number', ['http://localhost', '--timeout=soon']],
])('refuses %s', (_what, args) => {
  expect(() => readOptions(args)).toThrow(WrongArguments);
});
