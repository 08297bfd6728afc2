import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dictionary } from '@zxcvbn-ts/language-common';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '..');

/**
 * Bundles every function in one go into a folder below `outdir`, AWS SDK inside, and tells the folder of each: it holds `index.js` and its map.
 * CommonJS, because Node loads it faster than ESM; the `module` field first, because it lets unused code fall away.
 */
export function bundleFunctions(names: readonly string[], outdir: string): (name: string) => string {
  const commonPasswords = resolve(outdir, 'common-passwords.js');
  mkdirSync(outdir, { recursive: true });
  writeFileSync(
    commonPasswords,
    `export const dictionary = ${JSON.stringify({ 'passwords-common': passingPasswords() })}`,
  );
  buildSync({
    alias: {
      '@zxcvbn-ts/language-common': commonPasswords,
      '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambda-credentials.ts'),
    },
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

/** Of the common passwords those that no other rule refuses, the most common: OWASP ASVS 6.2.4 asks for 3,000. */
function passingPasswords(): string[] {
  const all = dictionary['passwords-common'] as readonly string[];
  return all.filter((password) => Buffer.byteLength(password) >= 8).slice(0, 5000);
}
