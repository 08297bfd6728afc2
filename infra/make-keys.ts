import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** The content of the secret `{stack}/keys`, everything in base64. */
export interface Keys {
  /** The ES256 key pair of the tokens, each half DER. */
  privateKey: string;
  publicKey: string;
  /** Of the digests of one-time codes. */
  codeKey: string;
  /** By which a function knows that a request came through CloudFront. */
  edgeKey: string;
}

export function makeKeys(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    codeKey: randomBytes(32).toString('base64'),
    edgeKey: randomBytes(32).toString('base64'),
  };
}

if (import.meta.main) console.log(JSON.stringify(makeKeys()));
