import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Places in the code that need a mutant. They are found by their text, so that a new place is found too. */
export interface Site {
  file: string;
  /** Offsets into the file's text. */
  start: number;
  end: number;
  text: string;
}

const root = join(import.meta.dirname, '../..');

export const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** What matches in the files, except in comments, imports and type declarations, which start a line. */
function find(files: string, pattern: RegExp): Site[] {
  return globSync(files, { cwd: root }).flatMap((file) => {
    const text = read(file);
    return [...text.matchAll(pattern)].flatMap(({ 0: match, index }) => {
      const [line = ''] = text.slice(text.lastIndexOf('\n', index) + 1).split('\n', 1);
      const isCode = !/^ *(\/?\*|\/\/|import |export const (isNew|exists) )|'\w+' \| '/.test(line);
      return isCode ? [{ file, start: index, end: index + match.length, text: match }] : [];
    });
  });
}

/**
 * Conditions of writes: where one is written, and where a shared one is used. A condition that a function returns is
 * also a site at each of its calls, because a write may forget it.
 */
export const conditions = (): Site[] =>
  find(
    'shared/data/**/*.ts',
    /(?<!Key)ConditionExpression:\s*[^,}]+|\.\.\.(isNew|exists)\b|\.\.\.(hasRole|hasInvite|stillHolds)\(|\.\.\.\w+Check\(/g,
  );

/** Checks of the authorisation modules. */
export const accessChecks = (): Site[] => find('shared/chats/{access,posting}.ts', /if \(.+\) throw .+/g);

/** Where the delivery decides whether to try again. */
export const retryBranches = (): Site[] =>
  find(
    'shared/delivery/*.ts',
    /(?<!function )\bretry(Post)?\(|'try again'|'gone'|state === '\w+'|if \(.* deadline\).*/g,
  );
