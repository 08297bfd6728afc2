import { join } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '..');

/**
 * Bundles every function in one go into a folder below `outdir`, AWS SDK inside, and tells the folder of each: it holds `index.js` and its map.
 * CommonJS, because Node loads it faster than ESM; the `module` field first, because it lets unused code fall away.
 */
export function bundleFunctions(names: readonly string[], outdir: string): (name: string) => string {
  buildSync({
    entryPoints: names.map((name) => ({ in: join(root, 'functions', `${name}.ts`), out: join(name, 'index') })),
    absWorkingDir: root,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
  });
  return (name) => join(outdir, name);
}
