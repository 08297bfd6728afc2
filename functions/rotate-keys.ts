import { log } from '../shared/log.ts';
import { type RotationEvent, rotationSteps } from '../shared/tokens/rotation.ts';

/** Rotates the key that signs the tokens: invoked by Secrets Manager every 30 days, and when the stack is new. */
export const handler = async (event: RotationEvent): Promise<void> => {
  await rotationSteps[event.Step](event);
  log.info('key rotation', { step: event.Step, version: event.ClientRequestToken });
};
