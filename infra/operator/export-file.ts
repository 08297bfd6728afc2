import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { commandNamed, type Input } from './commands.ts';
import { Failure } from './failure.ts';
import { joinPages, lengthOf } from './pages.ts';
import type { Api } from './send.ts';
import type { Terminal } from './terminal.ts';

/** Writes everything about an account into a new file, which only its owner can read. */
export async function exportTo(file: string, input: Input, api: Api, terminal: Terminal): Promise<void> {
  const descriptor = create(file);
  let isDone = false;
  try {
    const everything = await joinPages(api, commandNamed('export'), input, {
      isEnough: () => false,
      progress: (joined) => terminal.err(`${lengthOf(joined)} entries so far`),
    });
    const { cursor: _, ...document } = everything;
    writeFileSync(descriptor, `${JSON.stringify(document, undefined, 2)}\n`);
    isDone = true;
    terminal.err(`Wrote ${lengthOf(document)} entries to ${file}.`);
  } finally {
    closeSync(descriptor);
    if (!isDone) rmSync(file);
  }
}

/** Before anything is asked for. Refuses a file that exists. */
function create(file: string): number {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Failure('misused', code === 'EEXIST' ? `${file} exists. Choose another file.` : message);
  }
}
