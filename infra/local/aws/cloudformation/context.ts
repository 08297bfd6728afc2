import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCountries } from 'libphonenumber-js/min';
import * as z from 'zod/mini';

/** The context of the CDK app: `stage`, which `-c stage=dev` sets for the CDK command, and what cdk.json has under "context". */
export interface Context {
  [name: string]: unknown;
  stage: string;
}

/** Every setting has its default. */
export const defaultContext: Context = { stage: 'prod' };

/** The default context with push notifications, for which the runner needs no account. */
export const contextWithPush: Context = { stage: 'prod', stages: { prod: { push: true } } };

const cdkJson = z.object({ context: z.optional(z.record(z.string(), z.unknown())) });

/** The context with which `cdk synth -c stage=...` in this folder runs the app. Throws if cdk.json cannot be read. */
export function readContext(folder: string, stage: string): Context {
  const file = join(folder, 'cdk.json');
  if (!existsSync(file)) throw new Error(`There is no cdk.json in ${folder}. Run the command in the project's folder.`);
  const { data } = z.safeParse(cdkJson, parse(readFileSync(file, 'utf8')));
  if (!data) throw new Error('cdk.json must be an object, and so must its "context".');
  return { ...data.context, stage };
}

const withStages = z.looseObject({
  stages: z.record(z.string(), z.looseObject({ textMessages: z.optional(z.record(z.string(), z.unknown())) })),
});

/**
 * The same context, in which every stage sends codes to all countries and has push notifications, unless it says otherwise:
 * here neither costs anything or needs an account.
 */
export function withLocalDefaults(context: Context): Context {
  // The CDK app reports what is wrong with the settings.
  const { data } = z.safeParse(withStages, context);
  for (const stage of Object.values(data?.stages ?? {})) {
    stage.textMessages = { countries: getCountries(), ...stage.textMessages };
    stage.push ??= true;
  }
  return { ...context, ...data };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`cdk.json is not valid JSON: ${error instanceof Error ? error.message : error}`);
  }
}
