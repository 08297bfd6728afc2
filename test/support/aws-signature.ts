import { SignatureV4 } from '@smithy/signature-v4';
import type { UnsignedRequest } from '#shared/platform/aws/sign.ts';
import { Sha256 } from '../../infra/operator/sha256.ts';

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
