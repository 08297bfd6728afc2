import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { cachedFolder, hashOf } from '../cached-folder.ts';
import { onlyChatOfOpenai, packedPasswords, phonesAsJson } from './slim-packages.ts';
import { slimSdk } from './slim-sdk.ts';

const root = join(import.meta.dirname, '../..');

/**
 * Bundles every function, AWS SDK included, and returns where each one's folder is: it holds `index.cjs` and its source
 * map. `inputs.json` beside the folders says how many bytes of which source file are in which bundle.
 */
export async function bundleFunctions(names: readonly string[]): Promise<(name: string) => string> {
  const key = hashOf(['functions', 'shared', 'infra/bundle'], names);
  const folder = await cachedFolder('chat-bundles', key, async (unfinished) => {
    const files = names.map((name) => [name, join(root, 'functions', `${name}.ts`)]);
    const inputs = await bundle(Object.fromEntries(files), unfinished);
    writeFileSync(join(unfinished, 'inputs.json'), JSON.stringify(inputs));
  });
  return (name) => join(folder, name);
}

/**
 * Bundles each file into `{outdir}/{name}/index.cjs` and returns esbuild's account of what is in it. CommonJS, because
 * Node loads it faster than ESM; the `module` field first, because unused code can be left out of ES modules.
 */
export async function bundle(files: Record<string, string>, outdir: string): Promise<object> {
  const emptyModule = join(import.meta.dirname, 'empty-module.ts');
  const { metafile } = await build({
    entryPoints: Object.entries(files).map(([name, file]) => ({ in: file, out: join(name, 'index') })),
    absWorkingDir: root,
    outdir,
    alias: { 'node-fetch': emptyModule, 'gcp-metadata': emptyModule },
    plugins: [slimSdk, packedPasswords, phonesAsJson, onlyChatOfOpenai],
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // CommonJS even if a package.json above the folder says "type": "module".
    outExtension: { '.js': '.cjs' },
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
  });
  return metafile.outputs;
}
