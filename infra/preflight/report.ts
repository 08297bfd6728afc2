import type { Finding } from './finding.ts';
import { notAsked, type Result } from './run.ts';

const words: Record<Finding['status'], string> = { ok: 'ok', todo: 'TO DO', unknown: 'UNKNOWN', unused: 'not used' };
const counted: Record<Finding['status'], string> = {
  ok: 'ok',
  todo: 'to do',
  unknown: 'could not be checked',
  unused: 'not used',
};

/** A line for each check. Those that were not asked about have none, because the first line says why. */
export function linesOf(all: Result[]): string[] {
  const results = all.filter(({ finding }) => !('code' in finding) || finding.code !== notAsked.code);
  const width = Math.max(...results.map(({ check }) => check.title.length));
  return results.map(({ check, finding }) =>
    `${words[finding.status].padEnd(8)}  ${check.title.padEnd(width)}  ${finding.text}`.trimEnd(),
  );
}

/** "11 ok, 2 to do". */
export function summaryOf(results: Result[]): string {
  const parts = Object.entries(counted).flatMap(([status, word]) => {
    const count = results.filter(({ finding }) => finding.status === status).length;
    return count > 0 ? `${count} ${word}` : [];
  });
  return parts.join(', ');
}

/** 0 if all is ok, 1 if there is something to do, otherwise 2: something could not be checked. */
export function exitCodeOf(results: Result[]): number {
  const has = (status: Finding['status']) => results.some(({ finding }) => finding.status === status);
  if (has('todo')) return 1;
  return has('unknown') ? 2 : 0;
}

export const jsonOf = (stack: string, region: string, results: Result[]): string =>
  JSON.stringify(
    {
      stack,
      region,
      checks: results.map(({ check: { name, title }, finding }) => ({ name, title, ...finding })),
    },
    undefined,
    2,
  );
