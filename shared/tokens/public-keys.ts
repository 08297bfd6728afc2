import type { JWK } from 'jose';
import { callAws } from '#shared/platform/aws/call.ts';
import { settings } from '#shared/platform/settings.ts';

/** A key that verifies tokens, as a JWK. */
export interface PublicKey extends JWK {
  kid: string;
  /** Set once the key no longer signs: when the last token that it signed expires, seconds since the epoch. */
  exp?: number;
}

/** Returns all keys that verify tokens, from the parameter that holds them as a JWK Set. */
export async function readPublicKeys(): Promise<PublicKey[]> {
  const answer = await callAws('ssm', 'GetParameter', { Name: settings.publicKeys() });
  return JSON.parse((answer as { Parameter: { Value: string } }).Parameter.Value).keys;
}

export async function writePublicKeys(keys: PublicKey[]): Promise<void> {
  await callAws('ssm', 'PutParameter', {
    Name: settings.publicKeys(),
    Value: JSON.stringify({ keys }),
    Overwrite: true,
  });
}
