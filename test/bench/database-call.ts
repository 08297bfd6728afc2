import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { build } from 'esbuild';
import { bundle } from '../../infra/bundle/index.ts';
import { median, printRow } from './table.ts';

const rounds = 9;
const here = import.meta.dirname;

interface Figures {
  first: number;
  warm: number;
}

/** Prints the CPU of a consistent get with our client and with the SDK's own, in processes that take turns. */
export async function measureDatabaseCall(table: string): Promise<void> {
  const db = DynamoDBDocumentClient.from(new DynamoDBClient());
  const item = { pk: 'USER#bench', sk: 'USER', name: 'Anna', email: 'anna@example.com', createdAt: '2026-01-01' };
  await db.send(new PutCommand({ TableName: table, Item: item }));
  const outdir = mkdtempSync(join(tmpdir(), 'database-call-'));
  await bundle({ ours: join(here, 'get.ts') }, outdir);
  await bundleByEsbuildAlone(join(here, 'reference/stock-get.ts'), join(outdir, 'stock.cjs'));
  const all = { ours: [] as Figures[], stock: [] as Figures[] };
  for (let round = 0; round < rounds; round++) {
    all.ours.push(await measure(join(outdir, 'ours/index.cjs'), table));
    all.stock.push(await measure(join(outdir, 'stock.cjs'), table));
  }
  rmSync(outdir, { recursive: true });
  for (const [part, name] of [
    ['first', 'a get, the first ten'],
    ['warm', 'a get, warm'],
  ] as const) {
    const ours = median(all.ours.map((figures) => figures[part]));
    const stock = median(all.stock.map((figures) => figures[part]));
    printRow(name, { cpu: ours.toFixed(2), ratio: (stock / ours).toFixed(2) });
    printRow(`${name}, the SDK's own client`, { cpu: stock.toFixed(2) });
  }
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

/** Not execFileSync: it would hold up whatever answers in this process. */
async function measure(file: string, table: string): Promise<Figures> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(here, 'get-loop.ts'), file, table]);
  return JSON.parse(stdout);
}
