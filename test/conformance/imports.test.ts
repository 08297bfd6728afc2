import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** The suite can be copied out of this repository: of the product it knows types, which disappear when it runs. */

const folder = import.meta.dirname;
const files = globSync('**/*.ts', { cwd: folder }).filter((file) => !file.endsWith('.test.ts'));
const packages = ['express', 'ws', 'zod'];

function isOurs(file: string, imported: string): boolean {
  if (imported.startsWith('node:') || packages.includes(imported)) return true;
  return imported.startsWith('.') && !relative(folder, join(folder, dirname(file), imported)).startsWith('..');
}

test('imports nothing of the product but types', () => {
  const imports = files.flatMap((file) =>
    Array.from(
      readFileSync(join(folder, file), 'utf8').matchAll(/^(?:import|export)( type)?\b[^'";]*?(?:from )?'([^']+)';/gm),
      ([, type, imported = '']) => ({ file, imported, type: type !== undefined }),
    ),
  );
  expect(imports.length).toBeGreaterThan(files.length);
  expect(imports.filter(({ file, imported, type }) => !type && !isOurs(file, imported))).toEqual([]);
});

test('the reference server knows nothing of the suite', () => {
  const reference = files.filter((file) => file.startsWith('reference/'));
  expect(reference.length).toBeGreaterThan(0);
  for (const file of reference) expect(readFileSync(join(folder, file), 'utf8'), file).not.toContain("'../");
});
