import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dictionary } from '@zxcvbn-ts/language-common';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');

/**
 * Bundles every function in one go into a folder below `outdir`, AWS SDK inside, and tells the folder of each: it holds
 * `index.js` and its map. Beside them is `inputs.json`: which source files are in which bundle, with how many bytes.
 * CommonJS, because Node loads it faster than ESM; the `module` field first, because it lets unused code fall away.
 */
export async function bundleFunctions(names: readonly string[], outdir: string): Promise<(name: string) => string> {
  const commonPasswords = resolve(outdir, 'common-passwords.js');
  mkdirSync(outdir, { recursive: true });
  writeFileSync(
    commonPasswords,
    `export const dictionary = ${JSON.stringify({ 'passwords-common': passingPasswords() })}`,
  );
  const { metafile } = await build({
    entryPoints: names.map((name) => ({ in: join(root, 'functions', `${name}.ts`), out: join(name, 'index') })),
    absWorkingDir: root,
    outdir: resolve(outdir),
    alias: {
      '@zxcvbn-ts/language-common': commonPasswords,
      'node-fetch': join(import.meta.dirname, 'absent.ts'),
      'gcp-metadata': join(import.meta.dirname, 'absent.ts'),
      '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambda-credentials.ts'),
    },
    plugins: [onlyChatOfOpenai],
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
    metafile: true,
  });
  writeFileSync(join(outdir, 'inputs.json'), JSON.stringify(metafile.outputs));
  return (name) => join(outdir, name);
}

/** Of the common passwords those that no other rule refuses, the most common: OWASP ASVS 6.2.4 asks for 3,000. */
function passingPasswords(): string[] {
  const all = dictionary['passwords-common'] as readonly string[];
  return all.filter((password) => Buffer.byteLength(password) >= 8).slice(0, 5000);
}

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
