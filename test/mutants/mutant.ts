import { createHash } from 'node:crypto';

/** A small change of the code, and the test that must fail because of it. */
export interface Mutant {
  /** What is wrong with the changed code. Unique. */
  readonly name: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** `test/data/limits.test.ts "title"`. The title may have placeholders like that of a `test.each`. */
  readonly killedBy: string;
  /** The requirements of docs/security.md whose test is shown to fail. */
  readonly asvs?: readonly string[];
  /** The limit of docs/security.md that is mutated: "POST /auth/login account 900". */
  readonly limit?: string;
  /** Runs the whole test file, because the test looks back on those before it. */
  readonly wholeFile?: true;
}

/** The mutants of one file. */
export const mutantsOf = (file: string, mutants: readonly Omit<Mutant, 'file'>[]): Mutant[] =>
  mutants.map((mutant) => ({ file, ...mutant }));

/** The text of the file with the change. Throws unless `find` occurs exactly once. */
export function mutate({ file, find, replace }: Mutant, text: string): string {
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`${file} must contain this exactly once, not ${text.split(find).length - 1} times: ${find}`);
  return before + replace + after;
}

/** Splits `file "title"`. */
export function parseTest(test: string): { file: string; title: string } {
  const [, file, title] = /^(\S+) "(.+)"$/.exec(test) ?? [];
  if (!file || !title) throw new Error(`Write a test as: file "title". This is not one: ${test}`);
  return { file, title };
}

/** Matches the full name of a test with this title, whatever its placeholders stand for. */
export const titlePattern = (title: string): string =>
  title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%[a-z]|\\\$\w+/g, '.*');

/** A number from 0 to 39 by which the mutants are spread over commits. */
export const fortiethOf = (text: string): number =>
  Number.parseInt(createHash('sha256').update(text).digest('hex').slice(0, 8), 16) % 40;
