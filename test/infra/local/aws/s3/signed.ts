import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '../../../../support/aws-signature.ts';

/** Requests to S3 as AWS's own signer signs them. */

const signer = (sessionToken?: string) =>
  new SignatureV4({
    service: 's3',
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local', ...(sessionToken && { sessionToken }) },
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: true,
  });

interface Request {
  method: string;
  url: string;
  headers?: Record<string, string>;
  sessionToken?: string;
  at?: Date;
}

const unsignedOf = ({ method, url, headers = {} }: Request, body?: string | Uint8Array) => {
  const { host, pathname: path, searchParams, protocol, hostname } = new URL(url);
  const query = Object.fromEntries(searchParams);
  return { method, protocol, hostname, path, query, headers: { host, ...headers }, body };
};

/** A URL that permits one kind of request for so many seconds. All of its headers are signed. */
export async function presigned(request: Request & { expiresIn?: number }): Promise<string> {
  const { headers = {}, at = new Date(), expiresIn = 300, sessionToken } = request;
  const names = new Set(Object.keys(headers));
  const signed = await signer(sessionToken).presign(
    unsignedOf({ ...request, headers: { ...headers, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' } }),
    {
      expiresIn,
      signingDate: at,
      signableHeaders: new Set(['host', ...names]),
      unhoistableHeaders: names,
      hoistableHeaders: new Set(),
    },
  );
  const query = new URLSearchParams(signed.query as Record<string, string>);
  return `${request.url.split('?')[0]}?${query}`;
}

/** The headers of a request that is signed by them. */
export async function signedHeaders(request: Request, body?: string | Uint8Array): Promise<Record<string, string>> {
  const { at = new Date(), sessionToken } = request;
  return (await signer(sessionToken).sign(unsignedOf(request, body), { signingDate: at })).headers;
}
