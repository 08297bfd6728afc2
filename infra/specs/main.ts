import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { specFiles } from './files.ts';

const root = join(import.meta.dirname, '../..');
const files = Object.entries(specFiles());

/** `npm run specs` writes the files that are generated from the contract, and lists those that changed. */
let changes = 0;
function change(file: string, what: string): void {
  changes++;
  console.log(`${file} ${what}`);
}

for (const [file, text] of files) {
  const path = join(root, file);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (before === text) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  change(file, before === undefined ? 'created' : 'updated');
}

const collection = readdirSync(join(root, 'docs/bruno'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.bru'))
  .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
for (const file of collection.filter((name) => !files.some(([made]) => made === name))) {
  rmSync(join(root, file));
  change(file, 'deleted');
}

console.log(
  changes === 0
    ? `All ${files.length} generated files are up to date.`
    : `Changed ${changes} of ${files.length} generated files.`,
);
