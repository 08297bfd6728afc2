import { join } from 'node:path';
import { build } from 'esbuild';

const folder = join(import.meta.dirname, '../playground');

/** Bundles a script or style of a page. It is done again for each page load, so that a change shows on the next one. */
export async function bundle(file: string): Promise<string> {
  const built = await build({
    entryPoints: [join(folder, file)],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2023',
  });
  return built.outputFiles[0]?.text ?? '';
}
