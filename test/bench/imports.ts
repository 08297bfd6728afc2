import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleFunctions } from '../../infra/bundle/index.ts';
import { functionNames } from '../../infra/chat-stack.ts';
import { median } from './table.ts';

const rounds = 20;
const root = join(import.meta.dirname, '../..');

/** All settings that a function may read when it is imported. */
const env = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'id',
  AWS_SECRET_ACCESS_KEY: 'secret',
  CHAT_TABLE: 'chat',
  CONNECTIONS_TABLE: 'connections',
  CONTROL_TABLE: 'control',
  CONNECTIONS_URL: 'https://connections.example/live',
  DELIVER_FUNCTION: 'deliver',
  PARALLEL_PAGES: '4',
  METRICS_NAMESPACE: 'chat-bench',
  STAGE_LANGUAGE: 'en',
  TOKEN_KEY: 'token-key',
  EDGE_KEY: 'an edge key',
  CODE_KEY: 'a code key',
  SMS_COUNTRIES: 'DE',
  SMS_MONTHLY_CAP: '1',
  REST_URL: 'https://rest.example',
};

/** A function's size in KB, the milliseconds that a new process takes to import it, and their ratio to those of esbuild alone. */
interface Imports {
  bundle: string;
  imports: string;
  ratio: string;
}

/**
 * Compares importing these functions with importing the same bundled by esbuild alone. The two take turns, so that
 * whatever else the machine does slows both; the figures are medians.
 */
export async function compareImports(names: readonly string[]): Promise<(name: string) => Imports> {
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
  const compare = (name: string): Imports => {
    const file = join(folderOf(name), 'index.cjs');
    const times = { ours: [] as number[], theirs: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.ours.push(importTime(file));
      times.theirs.push(importTime(join(plain, name, 'index.js')));
    }
    const [ours, theirs] = [median(times.ours), median(times.theirs)];
    const bundle = (statSync(file).size / 1024).toFixed(0);
    return { bundle, imports: ours.toFixed(0), ratio: (ours / theirs).toFixed(2) };
  };
  const all = new Map(names.map((name) => [name, compare(name)]));
  rmSync(plain, { recursive: true });
  return (name) => all.get(name) as Imports;
}

/** Milliseconds of `require` in a process of its own. */
function importTime(file: string): number {
  const script = 'const start = performance.now(); require(process.argv[1]); console.log(performance.now() - start)';
  return Number(execFileSync(process.execPath, ['-e', script, file], { env, encoding: 'utf8' }));
}
