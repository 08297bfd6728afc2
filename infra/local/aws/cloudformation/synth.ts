import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { type Context, defaultContext } from './context.ts';
import { Template } from './template.ts';

const app = join(import.meta.dirname, '../../../app.ts');

const manifestSchema = z.object({ artifacts: z.record(z.string(), z.object({ type: z.string() })) });

/**
 * Runs the CDK app as `cdk synth` does and reads the stage's stack from `outdir`, where the app may also write that of
 * us-east-1. Throws with the app's own error output.
 * When `signal` aborts, it ends the app and throws the signal's reason once the app has exited.
 */
export async function synthesize(
  outdir: string,
  context: Context = defaultContext,
  signal?: AbortSignal,
): Promise<Template> {
  rmSync(outdir, { recursive: true, force: true });
  const child = spawn(process.execPath, [app], {
    // CDK's own validation takes two seconds and does not change the template.
    env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context), CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  // An abort is also reported here, before the process has exited.
  child.on('error', () => {});
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [code, errors] = await Promise.all([closed, text(child.stderr)]);
  signal?.throwIfAborted();
  if (code !== 0) throw new Error(`The CDK app failed:\n${errors.trim()}`);
  return readTemplate(outdir, `chat-${context.stage}`);
}

function readTemplate(outdir: string, stack: string): Template {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(outdir, file), 'utf8'));
  const { artifacts } = z.parse(manifestSchema, read('manifest.json'));
  if (artifacts[stack]?.type !== 'aws:cloudformation:stack') throw new Error(`The CDK app made no stack ${stack}.`);
  return new Template(read(`${stack}.template.json`), outdir);
}
