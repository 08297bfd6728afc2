import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A request as it arrived. */
export interface SignedRequest {
  method?: string | undefined;
  /** Path and query, as sent. */
  url?: string | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const form = /^AWS4-HMAC-SHA256 Credential=(\w+)\/([\w/-]+), ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Who signed a request with AWS Signature Version 4: the access key id, or undefined if the signature was not made with the
 * secret that `secretOf` gives for it. How old it is does not matter to the functions' requests, as no other machine sees them.
 */
export function signerOf(request: SignedRequest, secretOf: (accessKeyId: string) => string): string | undefined {
  const { accessKeyId, scope, names, signature } = readAuthorization(request.headers);
  if (accessKeyId === '') return undefined;
  const canonical = canonicalRequest(request, names);
  const time = String(request.headers['x-amz-date']);
  const expected = signatureOf(canonical, { scope, time, secret: secretOf(accessKeyId) });
  return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? accessKeyId : undefined;
}

/** What the header says of a signature; empty without a well-formed one. `scope` is "20260102/local/s3/aws4_request". */
export function readAuthorization({ authorization = '' }: IncomingHttpHeaders) {
  const [, accessKeyId = '', scope = '', names = '', signature = ''] = form.exec(authorization) ?? [];
  return { accessKeyId, scope, names: names.split(';'), signature };
}

/** The time of "20260102T030405Z" in milliseconds. */
export function millisecondsOf(time: string): number | undefined {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  const [year, month, day, hours, minutes, seconds] = parts;
  const parsed = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(parsed) ? undefined : parsed;
}

function canonicalRequest({ method = '', url = '', headers, body }: SignedRequest, names: string[]): string {
  return [
    method,
    // The functions send no query string. One in the URL makes the signature wrong.
    url.split('/').map(encodeURIComponent).join('/'),
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    hash('sha256', body),
  ].join('\n');
}

/** The signature of a canonical request; `time` as in `x-amz-date`, `scope` as in the credential. */
export function signatureOf(
  canonical: string,
  { scope, time, secret }: { scope: string; time: string; secret: string },
): Buffer {
  const text = ['AWS4-HMAC-SHA256', time, scope, hash('sha256', canonical)].join('\n');
  let key: string | Buffer = `AWS4${secret}`;
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  return createHmac('sha256', key).update(text).digest();
}
