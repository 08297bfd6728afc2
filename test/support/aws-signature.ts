import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { UnsignedRequest } from '#shared/platform/aws/sign.ts';

/** Node's SHA-256 and HMAC in the form that AWS's signer asks for. */
export class Sha256 {
  private readonly hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret ? createHmac('sha256', secret as Uint8Array) : createHash('sha256');
  }
  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
  reset(): void {}
}

/** The `authorization` that AWS's own signer gives a request, with the credentials that the environment has now. */
export async function signatureByAws({ service, method, path, headers, body }: UnsignedRequest, signingDate: Date) {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN } = process.env;
  const signer = new SignatureV4({
    service,
    region: 'local',
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    },
    sha256: Sha256,
    applyChecksum: false,
  });
  const request = { method, protocol: 'https:', hostname: 'unused', path, query: {}, headers, body };
  return (await signer.sign(request, { signingDate })).headers.authorization;
}
