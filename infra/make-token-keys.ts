import { generateKeyPairSync } from 'node:crypto';

/** The content of the secret `{stack}/token-keys`: an ES256 key pair, each half DER in base64. */
export interface TokenKeyPair {
  privateKey: string;
  publicKey: string;
}

export function makeTokenKeys(): TokenKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}

if (import.meta.main) console.log(JSON.stringify(makeTokenKeys()));
