import type { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { type Config, settings } from './config.ts';

/** Reads the settings of the selected stage. Throws an error that names every invalid setting. */
export function readConfig(app: App): Config {
  const stage: unknown = app.node.tryGetContext('stage') ?? 'prod';
  if (typeof stage !== 'string' || !/^[a-z][a-z0-9]{0,15}$/.test(stage)) {
    throw new Error(
      `Invalid "stage": ${JSON.stringify(stage)}. Use a letter and up to 15 more letters or digits, all lower-case, such as prod or dev.`,
    );
  }
  const { data, error } = settings.safeParse(contextOf(app, stage));
  if (!error) return { stage, ...data };
  throw new Error(`Invalid settings of the stage "${stage}" in cdk.json:\n${z.prettifyError(error)}`);
}

/** The stage's values in cdk.json. Rejects a setting outside the stages, because it would silently have no effect. */
function contextOf(app: App, stage: string): unknown {
  const misplaced = Object.keys(settings.shape).find((name) => app.node.tryGetContext(name) !== undefined);
  if (misplaced)
    throw new Error(
      `The setting "${misplaced}" is outside a stage. Move it in cdk.json to "context": { "stages": { "${stage}": { ... } } }.`,
    );
  const stages = app.node.tryGetContext('stages') ?? { prod: {} };
  if (Object.hasOwn(stages, stage)) return stages[stage];
  throw new Error(
    `The stage "${stage}" is not in cdk.json. It has: ${Object.keys(stages).join(', ')}. Add it under "stages": "${stage}": {}`,
  );
}
