import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdown } from './table.ts';

/** The files that `npm run costs` writes. */

const docs = join(import.meta.dirname, '../../docs');
export const page = join(docs, 'costs.md');
export const picturePath = join(docs, 'images/costs.svg');

const [begin, end] = ['<!-- Written by npm run costs. -->\n', '\n<!-- The end of what npm run costs writes. -->'];

/** docs/costs.md with the current table between its markers. */
export function documentWithTable(): string {
  const text = readFileSync(page, 'utf8');
  const [before, after] = [text.indexOf(begin), text.indexOf(end)];
  if (before < 0 || after < 0) throw new Error(`${page} has lost its markers "${begin.trim()}" and "${end.trim()}"`);
  return text.slice(0, before + begin.length) + markdown + text.slice(after);
}
