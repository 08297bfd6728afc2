import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { currentCommit } from '../../infra/current-commit.ts';

afterEach(() => void vi.unstubAllEnvs());

const folder = () => mkdtempSync(join(tmpdir(), 'commit-'));
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], { cwd, encoding: 'utf8' });

test('is the commit that is checked out, marked when a file differs from it', () => {
  const repository = folder();
  const infra = join(repository, 'infra');
  mkdirSync(infra);
  git(repository, 'init', '-q');
  git(repository, 'commit', '-q', '--allow-empty', '-m', 'first');
  const commit = git(repository, 'rev-parse', 'HEAD').trim();
  expect(commit).toMatch(/^[0-9a-f]{40}$/);
  expect(currentCommit(infra)).toBe(commit);
  // A new file counts too: a function that is not committed yet is deployed as well.
  writeFileSync(join(repository, 'function.ts'), '');
  expect(currentCommit(infra)).toBe(`${commit}-dirty`);
});

test('is unknown outside a repository, in one without a commit, and without git', () => {
  const outside = folder();
  expect(currentCommit(outside)).toBe('unknown');
  git(outside, 'init', '-q');
  expect(currentCommit(outside)).toBe('unknown');
  git(outside, 'commit', '-q', '--allow-empty', '-m', 'first');
  vi.stubEnv('PATH', outside);
  expect(currentCommit(outside)).toBe('unknown');
});
