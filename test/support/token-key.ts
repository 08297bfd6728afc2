import { makePrivateKey, publicPart } from '#shared/tokens/signing-key.ts';
import type { Secrets } from '../../infra/local/aws/services/secrets.ts';

/** Does what the first rotation does, for functions that run without one. Gives the private key. */
export async function addTokenKey(secrets: Secrets, at: { secret: string; parameter: string }) {
  const key = await makePrivateKey();
  secrets.set(at.secret, JSON.stringify(key));
  secrets.declare(at.parameter, JSON.stringify({ keys: [publicPart(key)] }));
  return key;
}
