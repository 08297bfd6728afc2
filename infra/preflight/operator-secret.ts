import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import type { Aws } from './aws.ts';
import { ask, isRefused } from './failure.ts';

/** The same fields as in shared/platform/operator-secret.ts. */
const fields = z.object({
  openaiApiKey: z._default(z.string(), ''),
  googleClientId: z._default(z.string(), ''),
  googleClientSecret: z._default(z.string(), ''),
  fcmServiceAccount: z._default(z.union([z.string(), z.record(z.string(), z.string())]), ''),
});

export type OperatorSecret = z.output<typeof fields> | 'not deployed' | 'deleted' | 'malformed';

export async function readOperatorSecret(aws: Aws, arn: string): Promise<OperatorSecret> {
  try {
    const { SecretString = '' } = await ask('secretsmanager:GetSecretValue', () =>
      aws.secrets().send(new GetSecretValueCommand({ SecretId: arn })),
    );
    return z.safeParse(fields, parse(SecretString)).data ?? 'malformed';
  } catch (error) {
    // The second one is for a secret that is scheduled for deletion.
    if (isRefused(error, 'ResourceNotFoundException', 'InvalidRequestException')) return 'deleted';
    throw error;
  }
}

/** Undefined for what is not JSON. The error is dropped, because it quotes the text. */
export function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
