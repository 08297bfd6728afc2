import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * Returns the folder that `fill` wrote for this key. It is written once and kept in node_modules/.cache; nothing is kept
 * if `fill` throws. A folder of another key is removed an hour after it was last asked for: copy what is needed for longer.
 */
export async function cachedFolder(
  name: string,
  key: string,
  fill: (folder: string) => Promise<unknown>,
): Promise<string> {
  const cache = join(root, 'node_modules/.cache', name);
  const folder = join(cache, key);
  if (isThere(folder)) return folder;
  removeOld(cache);
  const unfinished = `${folder}.${crypto.randomUUID()}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await fill(unfinished);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Otherwise another process was faster.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Whether the folder exists; its hour then begins anew. */
function isThere(folder: string): boolean {
  try {
    utimesSync(folder, new Date(), new Date());
  } catch {
    // It doesn't, or it may only be read.
  }
  return existsSync(folder);
}

/** Spares what is less than an hour old, because another process may be using it. */
function removeOld(cache: string): void {
  for (const name of existsSync(cache) ? readdirSync(cache) : []) {
    const old = join(cache, name);
    // Another process may have renamed or removed it meanwhile.
    const { mtimeMs = Number.POSITIVE_INFINITY } = statSync(old, { throwIfNoEntry: false }) ?? {};
    if (mtimeMs < Date.now() - 3_600_000) rmSync(old, { recursive: true, force: true });
  }
}

/** Changes with the values, with each TypeScript file in the folders, and with everything else that a bundle contains. */
export function hashOf(folders: string[], ...values: unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(values));
  const sources = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const others = ['docs/openapi.json', 'docs/asyncapi.json', 'package.json', 'package-lock.json'];
  for (const file of [...sources.filter((name) => name.endsWith('.ts')).sort(), ...others])
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}
