import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { callAws } from '#shared/platform/aws/call.ts';
import { settings } from '#shared/platform/settings.ts';
import { algorithm } from './claims.ts';

/** The private key that signs tokens, as a JWK. Its id is its thumbprint. */
export type PrivateKey = JWK & { kid: string };

/** Returns a new key. */
export async function makePrivateKey(): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk) };
}

/** Returns the part of a key that anybody may know. */
export function publicPart({ d: _, ...key }: PrivateKey): PrivateKey {
  return key;
}

/** Returns the key in a version of the secret; undefined if there is no such version, or no key in it yet. */
export async function readPrivateKey(version: {
  VersionStage: string;
  VersionId?: string;
}): Promise<PrivateKey | undefined> {
  try {
    const answer = await callAws('secretsmanager', 'GetSecretValue', { SecretId: settings.tokenKey(), ...version });
    const { SecretString } = answer as { SecretString: string };
    return SecretString.startsWith('{') ? JSON.parse(SecretString) : undefined;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
