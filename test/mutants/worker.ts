import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest, type TestCase } from 'vitest/node';
import { type Mutant, mutate, parseTest, titlePattern } from './mutant.ts';

/**
 * Runs tests in the copy of the repository that is its working directory, one job after the other. Vitest and its global
 * set-up start once.
 */

/** Tests of one file that must pass, or a mutant. */
export type Job = { clean: { file: string; titles: string[]; wholeFile: boolean } } | { mutant: Mutant };

/** What became of a job; undefined if all is well. */
export interface Report {
  trouble?: string | undefined;
}

const root = process.cwd();

const vitest = await createVitest({ root, watch: false, maxWorkers: 1, testTimeout: 30_000, reporters: [{}] });

/** Matches full names, which have the titles of the describes before them. */
const namedLike = (titles: string[]) => new RegExp(`(?:^|> )(?:${titles.map(titlePattern).join('|')})$`);

interface Outcome {
  tests: TestCase[];
  /** Errors outside tests: a file that cannot be imported, a hook that throws. */
  errors: string[];
}

/** Runs the tests of a file with these titles, or all of them, and returns those with the titles. */
async function run(file: string, titles: string[], wholeFile: boolean): Promise<Outcome> {
  const pattern = namedLike(titles);
  if (wholeFile) vitest.resetGlobalTestNamePattern();
  else vitest.setGlobalTestNamePattern(pattern);
  const specification = vitest.getRootProject().createSpecification(join(root, file));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification]);
  const all = testModules.flatMap((module) => [...module.children.allTests()]);
  return {
    tests: all.filter((test) => pattern.test(test.fullName) && test.result().state !== 'skipped'),
    errors: [...testModules.flatMap((module) => module.errors()), ...unhandledErrors].map(textOf),
  };
}

const textOf = (error: unknown): string =>
  (error instanceof Error ? error.message : JSON.stringify(error)).slice(0, 300);

interface Failure {
  name?: string;
  message: string;
  cause?: Failure;
}

/** Whether an expectation was not met. fast-check has it as the cause of its own error. */
const isAssertion = ({ name, cause }: Failure): boolean =>
  name === 'AssertionError' || (cause !== undefined && isAssertion(cause));

const failuresOf = (test: TestCase): Failure[] => [...(test.result().errors ?? [])];

async function checkClean({ file, titles, wholeFile }: { file: string; titles: string[]; wholeFile: boolean }) {
  const { tests, errors } = await run(file, titles, wholeFile);
  const failed = tests.filter((test) => test.result().state === 'failed');
  if (errors.length > 0 || failed.length > 0)
    return `fails without a mutant: ${[...errors, ...failed.map(({ fullName }) => fullName)].join('; ')}`;
  const missing = titles.filter((title) => !tests.some((test) => namedLike([title]).test(test.fullName)));
  return missing.length > 0 ? `has no test ${missing.map((title) => `"${title}"`).join(', ')}` : undefined;
}

async function checkMutant(mutant: Mutant): Promise<string | undefined> {
  const path = join(root, mutant.file);
  const text = readFileSync(path, 'utf8');
  const { file, title } = parseTest(mutant.killedBy);
  try {
    writeFileSync(path, mutate(mutant, text));
    vitest.invalidateFile(path);
    const { tests, errors } = await run(file, [title], mutant.wholeFile === true);
    const failed = tests.filter((test) => test.result().state === 'failed');
    if (failed.some((test) => failuresOf(test).some(isAssertion))) return undefined;
    const others = [...errors, ...failed.flatMap(failuresOf).map(({ name, message }) => `${name}: ${message}`)];
    return others.length > 0 ? `no assertion failed, but: ${others[0]?.slice(0, 300)}` : 'survived';
  } finally {
    writeFileSync(path, text);
    vitest.invalidateFile(path);
  }
}

async function check(job: Job): Promise<Report> {
  try {
    return { trouble: await ('clean' in job ? checkClean(job.clean) : checkMutant(job.mutant)) };
  } catch (error) {
    return { trouble: textOf(error) };
  }
}

process.on('message', async (job: Job | 'end') => {
  if (job === 'end') {
    await vitest.close();
    // Tests that failed have set another code.
    process.exit(0);
  }
  process.send?.(await check(job));
});
process.send?.({});
