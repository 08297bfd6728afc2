import { randomUUID } from 'node:crypto';
import { type Say, step } from '../../console/progress.ts';
import type { Template } from '../cloudformation/template.ts';
import type { LocalLambda } from '../lambda/lambda.ts';
import type { Secrets } from './secrets.ts';

/** What a rotation function may take, milliseconds. */
const timeoutMs = 60_000;

/** Has a secret rotated that never was, as Secrets Manager does when a stack is new. */
export async function rotateKeys(
  template: Template,
  lambdas: Map<string, LocalLambda>,
  secrets: Secrets,
  say: Say,
): Promise<void> {
  for (const { secretId, functionId } of template.rotations()) {
    if (secrets.hasValue(secretId)) continue;
    const ClientRequestToken = randomUUID();
    const rotate = async () => {
      for (const Step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret'])
        await lambdas.get(functionId)?.invoke({ Step, SecretId: secretId, ClientRequestToken }, timeoutMs);
    };
    await step(say, 'Making the key that signs the tokens', rotate);
  }
}
