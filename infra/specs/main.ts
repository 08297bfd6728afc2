import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { specFiles } from './files.ts';

const root = join(import.meta.dirname, '../..');

/** `npm run specs` writes what is made from the contract. */
rmSync(join(root, 'docs/bruno'), { recursive: true, force: true });
for (const [file, text] of Object.entries(specFiles())) {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(file);
}
