import { describe, expect, test } from 'vitest';
import { endpoints } from '#shared/contract/index.ts';
import { historyMutants } from '../bench/history-mutants/list.ts';
import { pushMutants } from '../bench/history-mutants/push-list.ts';
import { requirementRows } from '../support/requirements.ts';
import { mutants } from './list/index.ts';
import { limitName } from './list/limits.ts';
import { fortiethOf, mutate, parseTest, titlePattern } from './mutant.ts';
import { accessChecks, conditions, read, retryBranches, type Site } from './sites.ts';

/** Each of these has a mutant: a place in the code, a limit, a requirement. `npm run mutants` shows that all are killed. */

/** The sites that no mutant changes. */
const untouched = (sites: Site[]): string[] =>
  sites
    .filter(
      ({ file, start, end }) =>
        !mutants.some((mutant) => {
          const from = mutant.file === file ? read(file).indexOf(mutant.find) : -1;
          return from >= 0 && from < end && from + mutant.find.length > start;
        }),
    )
    .map(({ file, text }) => `${file}: ${text}`);

describe('there is a mutant', () => {
  test.each([
    ['every condition of a write in shared/data', conditions, 40],
    ['every check of the authorisation module', accessChecks, 5],
    ['every retry of the delivery', retryBranches, 10],
  ])('for %s', (_what, find, atLeast) => {
    const sites = find();
    expect(sites.length).toBeGreaterThan(atLeast);
    expect(untouched(sites)).toEqual([]);
  });

  test('for every limit of the contract', () => {
    const limits = endpoints.flatMap((endpoint) => (endpoint.limits ?? []).map((limit) => limitName(endpoint, limit)));
    expect(limits.filter((name) => !mutants.some(({ limit }) => limit === name))).toEqual([]);
  });

  test.each(requirementRows)(
    'for $requirement, killed by the test that shows it: $title',
    ({ numbers, file, title }) => {
      const pattern = new RegExp(`^${titlePattern(title)}$`);
      const killers = mutants
        .filter(({ asvs = [] }) => asvs.some((number) => numbers.includes(number)))
        .map(({ killedBy }) => parseTest(killedBy))
        .filter((killer) => killer.file === file && (killer.title === title || pattern.test(killer.title)));
      expect(killers).not.toEqual([]);
    },
  );
});

describe('the list of mutants', () => {
  test('names each once', () => {
    const names = mutants.map(({ name }) => name);
    expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
  });

  test('changes code that is there once', () => {
    const outdated = mutants.flatMap((mutant) => {
      try {
        return mutate(mutant, read(mutant.file)) === read(mutant.file) ? [`${mutant.name}: no change`] : [];
      } catch (error) {
        return [`${mutant.name}: ${error}`];
      }
    });
    expect(outdated).toEqual([]);
  });

  test('of the fault histories changes code that is there once', () => {
    for (const { name, changes } of [...historyMutants, ...pushMutants])
      for (const change of changes) {
        const text = read(change.file);
        expect(mutate({ ...change, name, killedBy: '' }, text)).not.toBe(text);
      }
  });

  test('has about a fortieth for each commit', () => {
    const fortieths = Map.groupBy(mutants, ({ name }) => fortiethOf(name));
    expect(fortieths.size).toBe(40);
    for (const some of fortieths.values()) expect(some.length).toBeLessThan(mutants.length / 10);
  });
});
