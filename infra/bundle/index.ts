import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { dictionary } from '@zxcvbn-ts/language-common';
import { build as esbuild, type Plugin } from 'esbuild';
import { slimSdk } from './slim-sdk.ts';

const root = join(import.meta.dirname, '../..');

/** Bundles of the same sources are the same: they are made once, and kept here. */
const cache = join(root, 'node_modules/.cache/chat-bundles');

/**
 * Bundles every function in one go, AWS SDK inside, and tells the folder of each: it holds `index.cjs` and its map.
 * Beside them is `inputs.json`: which source files are in which bundle, with how many bytes.
 */
export async function bundleFunctions(names: readonly string[]): Promise<(name: string) => string> {
  const folder = join(cache, keyOf(names));
  if (!existsSync(folder)) {
    forgetOld();
    const making = `${folder}.${process.pid}`;
    await build(names, making);
    try {
      renameSync(making, folder);
    } catch {
      // Another process was quicker.
      rmSync(making, { recursive: true, force: true });
    }
  }
  return (name) => join(folder, name);
}

/** Not those of this hour: another process may be using them. */
function forgetOld(): void {
  for (const name of existsSync(cache) ? readdirSync(cache) : []) {
    const old = join(cache, name);
    if (statSync(old).mtimeMs < Date.now() - 3_600_000) rmSync(old, { recursive: true, force: true });
  }
}

/** Changes with whatever goes into a bundle. */
function keyOf(names: readonly string[]): string {
  const hash = createHash('sha256').update(names.join());
  const sources = ['functions', 'shared'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const others = ['index', 'empty-module', 'lambda-credentials', 'slim-sdk'].map((name) => `infra/bundle/${name}.ts`);
  others.push('docs/openapi.json', 'docs/asyncapi.json', 'package.json', 'package-lock.json');
  for (const file of [...sources.filter((name) => name.endsWith('.ts')).sort(), ...others])
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

/** CommonJS, because Node loads it faster than ESM; the `module` field first, because it lets unused code fall away. */
async function build(names: readonly string[], outdir: string): Promise<void> {
  const commonPasswords = join(outdir, 'common-passwords.js');
  mkdirSync(outdir, { recursive: true });
  writeFileSync(commonPasswords, packedPasswords());
  const { metafile } = await esbuild({
    entryPoints: names.map((name) => ({ in: join(root, 'functions', `${name}.ts`), out: join(name, 'index') })),
    absWorkingDir: root,
    outdir,
    alias: {
      '@zxcvbn-ts/language-common': commonPasswords,
      'node-fetch': join(import.meta.dirname, 'empty-module.ts'),
      'gcp-metadata': join(import.meta.dirname, 'empty-module.ts'),
      '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambda-credentials.ts'),
    },
    plugins: [slimSdk, phonesAsJson, onlyChatOfOpenai],
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // Whatever a package.json above the folder says.
    outExtension: { '.js': '.cjs' },
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
  });
  writeFileSync(join(outdir, 'inputs.json'), JSON.stringify(metafile.outputs));
}

/**
 * A module with those of the common passwords that no other rule refuses, the most common: OWASP ASVS 6.2.4 asks for
 * 3,000. Sorted and packed they are 11 KB in place of 82, and unpacked when a password is chosen.
 */
function packedPasswords(): string {
  const all = dictionary['passwords-common'] as readonly string[];
  const passing = all.filter((password) => Buffer.byteLength(password) >= 8).slice(0, 3000);
  const packed = brotliCompressSync(passing.sort().join('\n')).toString('base64');
  return `import { brotliDecompressSync } from 'node:zlib';
    export const dictionary = {
      get 'passwords-common'() {
        return brotliDecompressSync(Buffer.from('${packed}', 'base64')).toString().split('\\n');
      },
    };`;
}

/** What libphonenumber knows of countries is an object of 80 KB, which JavaScript reads more slowly than JSON. */
const phonesAsJson: Plugin = {
  name: 'phones-as-json',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]libphonenumber-js[\\/]metadata\.min\.json\.js$/ }, ({ path }) => {
      const json = readFileSync(path.replace(/\.js$/, ''), 'utf8');
      return { contents: `export default JSON.parse(${JSON.stringify(json)})`, loader: 'js' };
    });
  },
};

/** OpenAI's client makes an object of each of its thirty APIs. All but chat, and chat's helpers, are empty classes here: 220 KB. */
const onlyChatOfOpenai: Plugin = {
  name: 'only-chat-of-openai',
  setup({ onLoad }) {
    const api =
      /[\\/]openai[\\/]resources[\\/].*\.mjs$|[\\/]openai[\\/]lib[\\/]ChatCompletion(Streaming)?(Runner|Stream)\.mjs$/;
    onLoad({ filter: api }, ({ path }) => {
      if (/[\\/]resources[\\/](chat[\\/]|index\.)/.test(path)) return undefined;
      const names = exportsOf(readFileSync(path, 'utf8'));
      return { contents: [...names].map((name) => `export class ${name} {}`).join('\n'), loader: 'js' };
    });
  },
};

function exportsOf(source: string): Set<string> {
  const declared = [
    ...source.matchAll(/^export (?:default )?(?:abstract )?(?:async )?(?:class|function|const|let) (\w+)/gm),
  ];
  const listed = [...source.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list = '']) => list.split(','));
  const names = listed
    .map(
      (name) =>
        name
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? '',
    )
    .filter(Boolean);
  return new Set([...declared.map(([, name = '']) => name), ...names]);
}
