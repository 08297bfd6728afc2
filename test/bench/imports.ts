import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleFunctions } from '../../infra/bundle.ts';
import { makeKeys } from '../../infra/make-keys.ts';

/**
 * How long a new process takes to import a function, beside the same function bundled by esbuild alone: `node
 * test/bench/imports.ts [function ...]`. The two take turns, so that whatever else the machine does slows both.
 */

const rounds = 20;
const usual = ['users/get-me', 'chats/list-chats', 'chats/send-message', 'groups/join-group', 'auth/login'];
const names = process.argv.length > 2 ? process.argv.slice(2) : usual;
const root = join(import.meta.dirname, '../..');
const plain = mkdtempSync(join(tmpdir(), 'imports-'));

const keys = makeKeys();

/** Whatever a function may read when it is imported. */
const env = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'id',
  AWS_SECRET_ACCESS_KEY: 'secret',
  CHAT_TABLE: 'chat',
  CONNECTIONS_TABLE: 'connections',
  CONNECTIONS_URL: 'https://connections.example/live',
  DELIVER_FUNCTION: 'deliver',
  TOKEN_PRIVATE_KEY: keys.privateKey,
  TOKEN_PUBLIC_KEY: keys.publicKey,
  EDGE_KEY: keys.edgeKey,
  CODE_KEY: keys.codeKey,
  SMS_COUNTRIES: 'DE',
  SMS_MONTHLY_CAP: '1',
  REST_URL: 'https://rest.example',
};

await build({
  entryPoints: names.map((name) => ({ in: join(root, 'functions', `${name}.ts`), out: join(name, 'index') })),
  outdir: plain,
  bundle: true,
  platform: 'node',
  minify: true,
  format: 'cjs',
  mainFields: ['module', 'main'],
});
const folderOf = await bundleFunctions(names);

for (const name of names) {
  const files = [join(folderOf(name), 'index.js'), join(plain, name, 'index.js')] as const;
  const times = files.map((): number[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [n, file] of files.entries()) times[n]?.push(importTime(file));
  const [ours = 0, theirs = 0] = times.map(median);
  const [size, plainSize] = files.map((file) => (statSync(file).size / 1024).toFixed(0));
  const line = [`${ours.toFixed(1)} ms of ${theirs.toFixed(1)} ms`, (ours / theirs).toFixed(2)];
  console.log(name.padEnd(20), `${size} KB of ${plainSize} KB`.padEnd(18), ...line);
}
rmSync(plain, { recursive: true });

/** Milliseconds of `require` in a process of its own. */
function importTime(file: string): number {
  const script = 'const start = performance.now(); require(process.argv[1]); console.log(performance.now() - start)';
  return Number(execFileSync(process.execPath, ['-e', script, file], { env, encoding: 'utf8' }));
}

function median(times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half) - 1] ?? 0)) / 2;
}
