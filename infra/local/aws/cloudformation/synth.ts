import { spawn } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { cachedFolder, hashOf } from '../../../cached-folder.ts';
import { currentCommit } from '../../../current-commit.ts';
import { type Context, defaultContext } from './context.ts';
import { Template } from './template.ts';

const infra = join(import.meta.dirname, '../../..');

const manifestSchema = z.object({ artifacts: z.record(z.string(), z.object({ type: z.string() })) });

/**
 * Runs the CDK app as `cdk synth` does and reads the stage's stack from `outdir`, where the app may also write that of
 * us-east-1. The app is not run again for the same sources and context. Throws with the app's own error output.
 * When `signal` aborts, it ends the app and throws the signal's reason once the app has exited.
 */
export async function synthesize(
  outdir: string,
  context: Context = defaultContext,
  signal?: AbortSignal,
): Promise<Template> {
  const settings = Object.entries(process.env).filter(([name]) => name.startsWith('CDK_'));
  const key = hashOf(['functions', 'shared', 'infra'], context, settings, currentCommit(infra));
  const cached = await cachedFolder('chat-templates', key, (folder) => runApp(folder, context, signal));
  rmSync(outdir, { recursive: true, force: true });
  cpSync(cached, outdir, { recursive: true });
  return readTemplate(outdir, `chat-${context.stage}`);
}

async function runApp(outdir: string, context: Context, signal: AbortSignal | undefined): Promise<void> {
  const child = spawn(process.execPath, [join(infra, 'app.ts')], {
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
}

function readTemplate(outdir: string, stack: string): Template {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(outdir, file), 'utf8'));
  const { artifacts } = z.parse(manifestSchema, read('manifest.json'));
  if (artifacts[stack]?.type !== 'aws:cloudformation:stack') throw new Error(`The CDK app made no stack ${stack}.`);
  return new Template(read(`${stack}.template.json`), outdir);
}
