import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endpoints } from '#shared/contract/index.ts';
import { requirementRows, securityPage } from '../support/requirements.ts';

const root = join(import.meta.dirname, '../..');

test('names at least fifty requirements', () => {
  expect(requirementRows.length).toBeGreaterThan(50);
});

test.each(requirementRows)('$requirement is covered by an existing test: $file "$title"', ({ file, title }) => {
  expect(readFileSync(join(root, file), 'utf8')).toContain(title);
});

test('names an existing test for each abuse', () => {
  const named = [...securityPage.matchAll(/^\| [^|]+ \| [^|]+ \| [^|]+ \| `(test\/\S+)` "(.+)" \|$/gm)];
  expect(named.length).toBeGreaterThan(15);
  for (const [, file = '', title = ''] of named) expect(readFileSync(join(root, file), 'utf8'), file).toContain(title);
});

test('lists exactly the limits of the contract', () => {
  const declared = endpoints.flatMap(({ method, path, limits = [] }) =>
    limits.map(
      ({ per, allow, within, counts = 'every request', apartInKnownNetworks }) =>
        `| \`${method} ${path}\` | ${per} | ${allow} in ${within} s | ${counts}${apartInKnownNetworks ? ', apart in known networks' : ''} |`,
    ),
  );
  const written = securityPage.match(/^\| `[A-Z]+ \/.*\|$/gm);
  expect(written?.toSorted()).toEqual(declared.toSorted());
});
