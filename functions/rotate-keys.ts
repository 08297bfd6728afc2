import { log } from '#shared/platform/log.ts';
import { type RotationEvent, rotationSteps } from '#shared/tokens/rotation.ts';

/** Rotates the key that signs tokens. Secrets Manager invokes it every 30 days, and when the stack is created. */
export const handler = async (event: RotationEvent): Promise<void> => {
  await rotationSteps[event.Step](event);
  log.info('key rotation', { step: event.Step, version: event.ClientRequestToken });
};
