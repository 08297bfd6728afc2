import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Template } from './template.ts';

const app = join(import.meta.dirname, '../../../app.ts');

/**
 * Runs the CDK app as `cdk synth` does and reads what it wrote into `outdir`; `signal` ends it. Throws with the app's own
 * words.
 */
export async function synthesize(outdir: string, signal?: AbortSignal): Promise<Template> {
  rmSync(outdir, { recursive: true, force: true });
  const child = spawn(process.execPath, [app], {
    // The template is the same without CDK's own validation, and there two seconds sooner.
    env: { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  const [[code], errors] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  if (code !== 0) throw new Error(`The CDK app failed:\n${errors.trim()}`);
  const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
  const [stackName] =
    Object.entries<{ type: string }>(manifest.artifacts).find(
      ([, artifact]) => artifact.type === 'aws:cloudformation:stack',
    ) ?? [];
  if (!stackName) throw new Error('The CDK app made no stack.');
  return new Template(JSON.parse(readFileSync(join(outdir, `${stackName}.template.json`), 'utf8')), outdir);
}
