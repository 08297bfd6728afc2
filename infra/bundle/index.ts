import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { onlyChatOfOpenai, packedPasswords, phonesAsJson } from './slim-packages.ts';
import { slimSdk } from './slim-sdk.ts';

const root = join(import.meta.dirname, '../..');

/** The same sources give the same bundles, so each set is built once and kept here. */
const cache = join(root, 'node_modules/.cache/chat-bundles');

/**
 * Bundles every function, AWS SDK included, and returns where each one's folder is: it holds `index.cjs` and its source
 * map. `inputs.json` beside the folders says how many bytes of which source file are in which bundle.
 */
export async function bundleFunctions(names: readonly string[]): Promise<(name: string) => string> {
  const folder = join(cache, hashOf(names));
  if (!existsSync(folder)) {
    removeOldBundles();
    const unfinished = `${folder}.${process.pid}`;
    const files = names.map((name) => [name, join(root, 'functions', `${name}.ts`)]);
    const inputs = await bundle(Object.fromEntries(files), unfinished);
    writeFileSync(join(unfinished, 'inputs.json'), JSON.stringify(inputs));
    try {
      renameSync(unfinished, folder);
    } catch {
      // Another process was faster.
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return (name) => join(folder, name);
}

/** Spares what is less than an hour old, because another process may be using it. */
function removeOldBundles(): void {
  for (const name of existsSync(cache) ? readdirSync(cache) : []) {
    const old = join(cache, name);
    if (statSync(old).mtimeMs < Date.now() - 3_600_000) rmSync(old, { recursive: true, force: true });
  }
}

/** Changes with everything that goes into a bundle. */
function hashOf(names: readonly string[]): string {
  const hash = createHash('sha256').update(names.join());
  const sources = ['functions', 'shared', 'infra/bundle'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const others = ['docs/openapi.json', 'docs/asyncapi.json', 'package.json', 'package-lock.json'];
  for (const file of [...sources.filter((name) => name.endsWith('.ts')).sort(), ...others])
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
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
