import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { specFiles } from './files.ts';

const root = join(import.meta.dirname, '../..');
const files = Object.entries(specFiles());

/** `npm run specs` writes what is made from the contract, and says what was different. */
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
  change(file, before === undefined ? 'is new' : 'has changed');
}

const collection = readdirSync(join(root, 'docs/bruno'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
for (const file of collection.filter((name) => !files.some(([made]) => made === name))) {
  rmSync(join(root, file));
  change(file, 'is gone');
}

console.log(
  changes === 0
    ? `All ${files.length} files that are made from the contract are as new as it is.`
    : `${files.length} files are made from the contract; ${changes === 1 ? 'one was' : `${changes} were`} different.`,
);
