import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { build } from 'esbuild';
import { bundle } from '../../infra/bundle/index.ts';
import { median, printRow } from './table.ts';

const processes = 5;
const turns = 4;
const here = import.meta.dirname;

/** Prints the CPU of a consistent get by our client and by the SDK's own. */
export async function measureDatabaseCall(table: string): Promise<void> {
  const db = DynamoDBDocumentClient.from(new DynamoDBClient());
  const item = { pk: 'USER#bench', sk: 'USER', name: 'Anna', email: 'anna@example.com', createdAt: '2026-01-01' };
  await db.send(new PutCommand({ TableName: table, Item: item }));
  const outdir = mkdtempSync(join(tmpdir(), 'database-call-'));
  await bundle({ ours: join(here, 'get.ts') }, outdir);
  await bundleByEsbuildAlone(join(here, 'reference/stock-get.ts'), join(outdir, 'stock.cjs'));
  const bundles = [join(outdir, 'ours/index.cjs'), join(outdir, 'stock.cjs')];
  const { first, warm } = await compareGets(bundles, table);
  rmSync(outdir, { recursive: true });
  print('a get, the first ten of a process', first);
  print('a get, warm', warm);
}

function print(name: string, [ours = 0, stock = 0]: number[]): void {
  printRow(name, { cpu: ours.toFixed(2), ratio: (stock / ours).toFixed(1) });
  printRow(`${name}, the SDK's own client`, { cpu: stock.toFixed(2) });
}

/**
 * The CPU milliseconds of a get by each of the bundles: of the first ten calls of a process, and when the compiler is
 * done. Each bundle has processes of its own; they take turns of 500 calls.
 */
async function compareGets(bundles: string[], table: string): Promise<{ first: number[]; warm: number[] }> {
  const all = bundles.map(() => ({ first: [] as number[], warm: [] as number[] }));
  for (let n = 0; n < processes; n++) {
    const children = bundles.map((file) => fork(join(here, 'get-loop.ts'), [file, table]));
    for (const [b, child] of children.entries()) all[b]?.first.push(await cpuOfGets(child, 10));
    for (const child of children) await cpuOfGets(child, 2000);
    for (let turn = 0; turn < turns; turn++)
      for (const [b, child] of children.entries()) all[b]?.warm.push(await cpuOfGets(child, 500));
    for (const child of children) child.kill();
  }
  return { first: all.map(({ first }) => median(first)), warm: all.map(({ warm }) => median(warm)) };
}

async function cpuOfGets(child: ChildProcess, calls: number): Promise<number> {
  child.send(calls);
  const [cpu] = await once(child, 'message');
  return cpu;
}

/** What most people deploy: the same options without the replaced files. */
async function bundleByEsbuildAlone(file: string, outfile: string): Promise<void> {
  const mainFields = ['module', 'main'];
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    mainFields,
  });
}
