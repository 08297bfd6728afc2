import { randomUUID } from 'node:crypto';
import { type Say, step } from '../../console/progress.ts';
import type { Template } from '../cloudformation/template.ts';
import type { LocalLambda } from '../lambda/lambda.ts';
import type { Secrets } from './secrets.ts';

/** How long one step of a rotation may take. */
const timeoutMs = 60_000;

/**
 * Rotates every secret that has no value yet, as Secrets Manager does when a stack is created; with `all` every secret,
 * because a new table lacks what an earlier rotation has written.
 */
export async function rotateNewSecrets(
  template: Template,
  lambdas: Map<string, LocalLambda>,
  secrets: Secrets,
  { say, all }: { say: Say; all: boolean },
): Promise<void> {
  for (const { secretId, functionId } of template.rotations()) {
    if (secrets.hasValue(secretId) && !all) continue;
    const ClientRequestToken = randomUUID();
    const rotate = async () => {
      for (const Step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret'])
        await lambdas.get(functionId)?.invoke({ Step, SecretId: secretId, ClientRequestToken }, timeoutMs);
    };
    await step(say, 'Creating the key that signs tokens', rotate);
  }
}
