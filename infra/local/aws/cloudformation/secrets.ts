import * as z from 'zod/mini';
import { idIn } from './arns.ts';
import type { Resources } from './resources.ts';

const secret = z.object({ SecretString: z.optional(z.string()) });
const rotationSchedule = z.object({ SecretId: z.string(), RotationLambdaARN: z.string() });

/** Id of the secret that the operator fills in: the only one whose value is not generated. */
export function readOperatorSecret(resources: Resources): string {
  const secrets = resources.ofType('AWS::SecretsManager::Secret', secret);
  const [filledIn] = secrets.filter(({ properties }) => properties.SecretString !== undefined);
  if (!filledIn) throw new Error('The template has no secret for the operator to fill in.');
  return filledIn.id;
}

/** The secrets that are rotated, each with the id of the function that does it. */
export function readRotations(resources: Resources): { secretId: string; functionId: string }[] {
  return resources
    .ofType('AWS::SecretsManager::RotationSchedule', rotationSchedule)
    .map(({ properties }) => ({ secretId: properties.SecretId, functionId: idIn(properties.RotationLambdaARN) }));
}
