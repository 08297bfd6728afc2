import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file that only its owner may read. It has the old or the new content, whenever the process is killed. Throws an
 * error with the file's name.
 */
export function writeAtomically(file: string, content: string): void {
  const unfinished = `${file}.${process.pid}`;
  try {
    writeFileSync(unfinished, content, { mode: 0o600, flush: true });
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true, recursive: true });
    // When the disk is full, the system's own error does not say which one.
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}
