import { watch } from 'node:fs';
import { join } from 'node:path';
import { type Say, secondsSince } from './progress.ts';

/** Editors save in several steps, and a change of branch touches many files. */
const settleMs = 100;

interface Folders {
  /** Has the sources. */
  root: string;
  /** Has cdk.json. */
  project: string;
}

/** Calls `reload` when a source file or cdk.json has changed, one call at a time, and reports what came of it. */
export function reloadOnChange({ root, project }: Folders, reload: () => Promise<void>, say: Say): void {
  let timer: NodeJS.Timeout | undefined;
  let reloading = Promise.resolve();
  const reloadAfter = async (file: string) => {
    say(`${file} has changed. Reloading.`);
    const begun = performance.now();
    await reload().then(
      () => say(`Reloaded in ${secondsSince(begun)}. Sockets stayed open.`),
      (error: unknown) =>
        say(`Reload failed; the previous version keeps running. ${error instanceof Error ? error.message : error}`),
    );
  };
  const changed = (file: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      reloading = reloading.then(() => reloadAfter(file));
    }, settleMs);
  };
  for (const folder of ['functions', 'shared', 'infra', 'docs'])
    watch(join(root, folder), { recursive: true }, (_event, name) => {
      if (name && isSource(folder, name)) changed(join(folder, name));
    });
  // Not the file itself: an editor may replace it by another one.
  watch(project, (_event, name) => {
    if (name === 'cdk.json') changed(name);
  });
}

/** The runner cannot replace itself while it runs. Of docs/, functions contain only the specifications. */
function isSource(folder: string, name: string): boolean {
  if (folder === 'infra') return !name.startsWith('local');
  return folder !== 'docs' || name.endsWith('.json');
}
