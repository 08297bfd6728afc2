import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleFunctions } from '../../infra/bundle.ts';
import { functionNames } from '../../infra/chat-stack.ts';
import { makeKeys } from '../../infra/make-keys.ts';

const rounds = 20;
const root = join(import.meta.dirname, '../..');
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

/**
 * Prints how long a new process takes to import a function, beside the same function bundled by esbuild alone. The two
 * take turns, so that whatever else the machine does slows both.
 */
export async function compareImports(names: string[]): Promise<void> {
  const plain = mkdtempSync(join(tmpdir(), 'imports-'));
  await build({
    entryPoints: names.map((name) => ({ in: join(root, 'functions', `${name}.ts`), out: join(name, 'index') })),
    outdir: plain,
    bundle: true,
    platform: 'node',
    minify: true,
    format: 'cjs',
    mainFields: ['module', 'main'],
  });
  const folderOf = await bundleFunctions(functionNames);
  console.log('function              KB, alone   ms, alone   ratio of ms');
  for (const name of names) {
    const files = [join(folderOf(name), 'index.js'), join(plain, name, 'index.js')] as const;
    const times = files.map((): number[] => []);
    for (let round = 0; round < rounds; round++)
      for (const [n, file] of files.entries()) times[n]?.push(importTime(file));
    const [ours = 0, theirs = 0] = times.map(median);
    const [size, plainSize] = files.map((file) => (statSync(file).size / 1024).toFixed(0));
    const columns = [`${size}, ${plainSize}`.padStart(9), `${ours.toFixed(0)}, ${theirs.toFixed(0)}`.padStart(12)];
    console.log(name.padEnd(22) + columns.join('') + (ours / theirs).toFixed(2).padStart(14));
  }
  rmSync(plain, { recursive: true });
}

/** Milliseconds of `require` in a process of its own. */
export function importTime(file: string): number {
  const script = 'const start = performance.now(); require(process.argv[1]); console.log(performance.now() - start)';
  return Number(execFileSync(process.execPath, ['-e', script, file], { env, encoding: 'utf8' }));
}

function median(times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half) - 1] ?? 0)) / 2;
}
