import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Principal } from '../iam/roles.ts';
import { idIn } from './arns.ts';
import type { Resources } from './resources.ts';
import { roleStatements } from './role-statements.ts';

/** The id is the logical one, the name as in `functions/`: "auth/login". */
export interface FunctionConfig extends Principal {
  /** The function's name on AWS, where the template sets one; otherwise the id. */
  functionName: string;
  /** How many times Lambda retries an asynchronous invocation that failed. */
  retries: number;
  /** How long Lambda keeps the event of an asynchronous invocation. */
  maxEventAgeSeconds?: number | undefined;
  /** Reserved concurrency; undefined for a share of the account's. */
  concurrency?: number | undefined;
  /** The bundle. */
  file: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMb: number;
}

const lambdaFunction = z.object({
  Description: z.string(),
  FunctionName: z.optional(z.string()),
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Environment: z.optional(z.object({ Variables: z.record(z.string(), z.string()) })),
  Timeout: z.number(),
  MemorySize: z.number(),
  ReservedConcurrentExecutions: z.optional(z.number()),
  Role: z.string(),
});
const eventInvokeConfig = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.optional(z.number()),
  MaximumEventAgeInSeconds: z.optional(z.number()),
  DestinationConfig: z.optional(z.object({ OnFailure: z.optional(z.object({ Destination: z.string() })) })),
});

/** What Lambda does with asynchronous invocations unless the template says otherwise. */
const eventDefaults = { retries: 2, maxEventAgeSeconds: 6 * 60 * 60 };

/** `assets` is the folder with the bundles. */
export function readFunctions(resources: Resources, assets: string): FunctionConfig[] {
  return resources.ofType('AWS::Lambda::Function', lambdaFunction).map(({ id, properties }) => ({
    id,
    name: properties.Description,
    functionName: properties.FunctionName ?? id,
    ...eventSettingsOf(resources, id),
    concurrency: properties.ReservedConcurrentExecutions,
    file: join(assets, `asset.${properties.Code.S3Key.replace('.zip', '')}`, bundleOf(properties.Handler)),
    environment: properties.Environment?.Variables ?? {},
    timeoutSeconds: properties.Timeout,
    memoryMb: properties.MemorySize,
    statements: roleStatements(resources, idIn(properties.Role)),
  }));
}

/** "index.handler" is in index.cjs. */
const bundleOf = (handler: string) => `${handler.split('.')[0]}.cjs`;

function eventSettingsOf(resources: Resources, functionId: string) {
  const configs = resources.ofType('AWS::Lambda::EventInvokeConfig', eventInvokeConfig);
  const own = configs.find(({ properties }) => properties.FunctionName === functionId);
  const { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: maxEventAgeSeconds } = own?.properties ?? {};
  const deadLetters = own?.properties.DestinationConfig?.OnFailure?.Destination;
  return {
    retries: retries ?? eventDefaults.retries,
    maxEventAgeSeconds: maxEventAgeSeconds ?? eventDefaults.maxEventAgeSeconds,
    ...(deadLetters && { deadLetters }),
  };
}
