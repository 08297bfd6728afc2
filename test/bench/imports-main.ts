import { functionNames } from '../../infra/chat-stack.ts';
import { compareImports } from './imports.ts';
import { printRow, printTitles } from './table.ts';

/** `npm run bench:imports`: the size and the import time of every function. See docs/performance.md. */

console.log('Imports each function twenty times, and as often bundled by esbuild alone. It takes three minutes.');
printTitles();
for (const name of functionNames) {
  const importsOf = await compareImports([name]);
  printRow(name, importsOf(name));
}
