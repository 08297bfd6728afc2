import { spawnSync } from 'node:child_process';

/** The git commit of a folder; with "-dirty" if files in it differ from the commit, and "unknown" without git. */
export function currentCommit(folder: string): string {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  const { status, stdout } = git('rev-parse', 'HEAD');
  if (status !== 0) return 'unknown';
  const changes = git('status', '--porcelain', ':/').stdout;
  return `${stdout.trim()}${changes === '' ? '' : '-dirty'}`;
}
