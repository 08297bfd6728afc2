import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everything } from '../support/stacks.ts';

const root = join(import.meta.dirname, '../..');
const { stages }: { stages: Record<string, object> } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')).context;

/** The stages of cdk.json, and one with every setting switched on. */
const allStages = { ...stages, all: everything };

/** Synthesizes every stage as the CDK command does, below `folder`. Returns the template files. */
export function synthesizeAll(folder: string): string[] {
  return Object.keys(allStages).flatMap((stage) => {
    const outdir = join(folder, stage);
    const context = JSON.stringify({ stage, stages: allStages });
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'infra/app.ts')], {
      env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: context, CDK_VALIDATION: 'false' },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`The stage ${stage} could not be synthesized:\n${stderr}`);
    return readdirSync(outdir)
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => join(outdir, file));
  });
}
