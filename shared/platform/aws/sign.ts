import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import { settings } from '../settings.ts';

/**
 * AWS Signature Version 4. Our own, because the SDK's signer takes 50 us of CPU for a DynamoDB get, and this 11: it keeps
 * the signing key as a key object and awaits nothing. See "CPU of a DynamoDB call" in docs/performance.md.
 */

export interface UnsignedRequest {
  service: string;
  method: string;
  /** Encoded, without a query string. */
  path: string;
  /** Encoded and in the order of the names. */
  search?: string;
  /** Names in lower case, `host` among them; values without spaces at the ends or in a row. */
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/** Returns the request's headers with date, session token and signature added. */
export function sign(request: UnsignedRequest, now: Date): Record<string, string> {
  const { service, method, path, search = '', headers, body = '' } = request;
  // Read each time, because Lambda replaces them before they expire.
  const { accessKeyId, secretAccessKey, sessionToken } = settings.credentials();
  const { time, scope } = scopeOf(service, now);
  const signed: Record<string, string> = { ...headers, 'x-amz-date': time };
  if (sessionToken) signed['x-amz-security-token'] = sessionToken;
  // AWS's signer leaves out the user agent too, because proxies change it.
  const names = Object.keys(signed)
    .filter((name) => name !== 'user-agent')
    .sort();
  const canonical = [
    method,
    // Every service but S3 wants the path encoded a second time, and our paths in S3 have nothing to encode.
    path.split('/').map(encodeURIComponent).join('/'),
    search,
    ...names.map((name) => `${name}:${signed[name]}`),
    '',
    names.join(';'),
    hash('sha256', body),
  ].join('\n');
  const signature = signatureOf(canonical, { time, scope, secretAccessKey });
  const credential = `Credential=${accessKeyId}/${scope}`;
  signed.authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return signed;
}

/** The time as AWS writes it, and what a signature is valid for. */
export function scopeOf(service: string, now: Date): { time: string; scope: string } {
  const time = now.toISOString().replace(/[:-]|\.\d{3}/g, '');
  return { time, scope: `${time.slice(0, 8)}/${settings.region()}/${service}/aws4_request` };
}

/** The signature of a canonical request. */
export function signatureOf(
  canonical: string,
  { time, scope, secretAccessKey }: { time: string; scope: string; secretAccessKey: string },
): string {
  const text = ['AWS4-HMAC-SHA256', time, scope, hash('sha256', canonical)].join('\n');
  return createHmac('sha256', signingKey(secretAccessKey, scope)).update(text).digest('hex');
}

const signingKeys = new Map<string, KeyObject>();

/** The key for one day, region, service and secret. A key object makes signing six times as fast. */
function signingKey(secret: string, scope: string): KeyObject {
  const name = secret + scope;
  const cached = signingKeys.get(name);
  if (cached) return cached;
  let key: string | Buffer = `AWS4${secret}`;
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  const keyObject = createSecretKey(key as Buffer);
  if (signingKeys.size > 10) signingKeys.clear();
  signingKeys.set(name, keyObject);
  return keyObject;
}
