import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '../../../../../infra/operator/sha256.ts';

/** Requests to S3 as AWS's own signer signs them. */

export interface Signing {
  method: string;
  url: string;
  headers?: Record<string, string>;
  /** By default those of the tests. */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  at?: Date;
}

const signer = ({ credentials = { accessKeyId: 'local', secretAccessKey: 'local' } }: Signing) =>
  new SignatureV4({
    service: 's3',
    region: 'local',
    credentials,
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: true,
  });

const unsignedOf = ({ method, url, headers = {} }: Signing, body?: string | Uint8Array) => {
  const { host, pathname: path, searchParams, protocol, hostname } = new URL(url);
  const query = Object.fromEntries(searchParams);
  return { method, protocol, hostname, path, query, headers: { host, ...headers }, body };
};

/** A URL that permits one kind of request for so many seconds. All of its headers are signed. */
export async function presigned(request: Signing & { expiresIn?: number }): Promise<string> {
  const { headers = {}, at = new Date(), expiresIn = 300 } = request;
  const names = new Set(Object.keys(headers));
  const signed = await signer(request).presign(
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
export async function signedHeaders(request: Signing, body?: string | Uint8Array): Promise<Record<string, string>> {
  const { at = new Date() } = request;
  return (await signer(request).sign(unsignedOf(request, body), { signingDate: at })).headers;
}
