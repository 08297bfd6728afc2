import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkFlutter } from './flutter.ts';

/** Stands in for the Flutter SDK, which this machine may not have: it writes down what it is asked for. */

let folder: string;
const log = () => readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sdk-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function install(script: string): void {
  const flutter = join(folder, 'flutter');
  writeFileSync(flutter, `#!/bin/sh\necho "$(basename "$PWD"): $*" >> '${folder}/log'\n${script}\n`);
  chmodSync(flutter, 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
}

test('analyzes all packages and runs the tests of those that have some', async () => {
  install('exit 0');
  expect(await checkFlutter()).toBeUndefined();
  const [version, ...rest] = log();
  expect(version).toBe('docs: --version');
  const packages = ['flutter', 'example', 'files', 'flutter_chat', 'push'];
  expect(rest).toEqual([
    ...packages.map((name) => `${name}: pub get`),
    'flutter: analyze',
    ...packages.filter((name) => name !== 'example').map((name) => `${name}: test`),
  ]);
});

test('a test that fails fails the check, with what Flutter says', async () => {
  install('[ "$1" = test ] && echo "Expected: 2" && exit 1; exit 0');
  await expect(checkFlutter()).rejects.toThrow(/flutter test failed\.\nExpected: 2/);
});

test('says why it is skipped without an SDK', async () => {
  vi.stubEnv('PATH', folder);
  expect(await checkFlutter()).toMatch(/flutter.*ENOENT/);
});
