import { settings } from '../settings.ts';
import { scopeOf, signatureOf } from './sign.ts';

/** What a presigned request must have: the headers, with these values, and nothing else of them. */
export interface Presigned {
  method: 'PUT';
  /** With an encoded path and without a query string. */
  url: URL;
  /** Names in lower case. `host` is added. */
  headers: Record<string, string>;
  /** Seconds. */
  expiresIn: number;
}

/** A URL with which whoever has it may make one request to S3 in the name of this function, until it expires. */
export function presign({ method, url, headers, expiresIn }: Presigned, now = new Date()): string {
  const { accessKeyId, secretAccessKey, sessionToken } = settings.credentials();
  const { time, scope } = scopeOf('s3', now);
  const signed: Record<string, string> = { ...headers, host: url.host };
  const names = Object.keys(signed).sort();
  // In the order of the names, as the signature wants them.
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${accessKeyId}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(expiresIn),
    ...(sessionToken && { 'X-Amz-Security-Token': sessionToken }),
    'X-Amz-SignedHeaders': names.join(';'),
  });
  const canonical = [
    method,
    url.pathname,
    query,
    ...names.map((name) => `${name}:${signed[name]}`),
    '',
    names.join(';'),
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  return `${url.href}?${query}&X-Amz-Signature=${signatureOf(canonical, { time, scope, secretAccessKey })}`;
}
