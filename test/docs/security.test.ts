import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endpoints } from '#shared/contract/index.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');

/** Rows that end in a test file and the title of a test. */
const rows = [...page.matchAll(/^\| ([\d., (L3)]+) \| .* \| `(test\/\S+)` "(.+)" \|$/gm)].map(
  ([, requirement = '', file = '', title = '']) => ({ requirement, file, title }),
);

test('names at least fifty requirements', () => {
  expect(rows.length).toBeGreaterThan(50);
});

test.each(rows)('$requirement is covered by an existing test: $file "$title"', ({ file, title }) => {
  expect(readFileSync(join(root, file), 'utf8')).toContain(title);
});

test('lists exactly the limits of the contract', () => {
  const declared = endpoints.flatMap(({ method, path, limits = [] }) =>
    limits.map(
      ({ per, allow, within, counts = 'every request', apartInKnownNetworks }) =>
        `| \`${method} ${path}\` | ${per} | ${allow} in ${within} s | ${counts}${apartInKnownNetworks ? ', apart in known networks' : ''} |`,
    ),
  );
  const written = page.match(/^\| `[A-Z]+ \/.*\|$/gm);
  expect(written?.toSorted()).toEqual(declared.toSorted());
});
