import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { dictionary } from '@zxcvbn-ts/language-common';
import { beforeAll, expect, test } from 'vitest';
import { bundleFunctions } from '../../infra/bundle/index.ts';
import { replacements } from '../../infra/bundle/slim-sdk.ts';
import { functionNames } from '../../infra/chat-stack.ts';

/** What is in each function's bundle, according to esbuild. */

let bundles: { name: string; bytes: number; inputs: string[] }[];

beforeAll(async () => {
  const folderOf = await bundleFunctions(functionNames);
  const outputs: Record<string, { bytes: number; inputs: Record<string, { bytesInOutput: number }> }> = JSON.parse(
    readFileSync(folderOf('inputs.json'), 'utf8'),
  );
  bundles = Object.entries(outputs)
    .filter(([file]) => file.endsWith('/index.cjs'))
    .map(([file, { bytes, inputs }]) => ({
      name: functionNames.find((name) => file.endsWith(`/${name}/index.cjs`)) ?? file,
      bytes,
      inputs: Object.keys(inputs).filter((input) => (inputs[input]?.bytesInOutput ?? 0) > 0 && !isReplaced(input)),
    }));
});

/** Its package's code is not in the bundle, ours is. */
const isReplaced = (input: string) => Object.hasOwn(replacements, input.replace('node_modules/', ''));

const withPackage = (name: string) =>
  bundles.filter(({ inputs }) => inputs.some((input) => input.includes(`node_modules/${name}/`))).map((b) => b.name);

test('every function has one', () => {
  expect(bundles.map(({ name }) => name).sort()).toEqual([...functionNames].sort());
});

test('runs wherever it lies, whatever a package.json above it says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const folderOf = await bundleFunctions(functionNames);
  cpSync(folderOf('not-found'), join(folder, 'not-found'), { recursive: true });
  expect(createRequire(import.meta.url)(join(folder, 'not-found/index.cjs')).handler).toBeTypeOf('function');
  rmSync(folder, { recursive: true });
});

test.each([
  ['openai', ['ai/ask-assistant', 'ai/list-suggestions']],
  ['googleapis', ['google/create-meeting']],
  ['google-auth-library', ['google/create-meeting', 'google/link-google']],
  ['libphonenumber-js', ['auth/send-code']],
  ['@smithy/signature-v4', []],
  ['@smithy/node-http-handler', []],
  ['@aws-sdk/credential-provider-node', []],
])('%s is only in %j', (name, functions) => {
  expect(withPackage(name).sort()).toEqual(functions);
});

test('those that choose passwords have the 3,000 most common ones', async () => {
  const folderOf = await bundleFunctions(functionNames);
  const common = (dictionary['passwords-common'] as string[]).filter((one) => Buffer.byteLength(one) >= 8);
  for (const name of ['auth/register', 'auth/change-password', 'users/link-email']) {
    const text = readFileSync(join(folderOf(name), 'index.cjs'), 'utf8');
    const [, packed = ''] = /brotliDecompressSync\)?\(Buffer\.from\("([^"]+)"/.exec(text) ?? [];
    const passwords = brotliDecompressSync(Buffer.from(packed, 'base64')).toString().split('\n');
    expect(passwords).toEqual(common.slice(0, 3000).toSorted());
  }
});

/**
 * Those that need more than the database, delivery, files, a token and a password: the assistant, Google, the
 * specifications, and who looks phones up.
 */
const larger = /^(ai|google|docs)\/|^auth\/send-code$/;

test('with the database, delivery and files they have 245 KB at most', () => {
  for (const { name, bytes } of bundles.filter((bundle) => !larger.test(bundle.name))) {
    expect(bytes, name).toBeLessThanOrEqual(245 * 1024);
  }
});

test.each([
  ['ai/', 450_000],
  ['docs/', 265_000],
  ['google/', 650_000],
])('those of %s have %i bytes at most', (group, most) => {
  for (const { name, bytes } of bundles.filter((bundle) => bundle.name.startsWith(group))) {
    expect(bytes, name).toBeLessThanOrEqual(most);
  }
});
