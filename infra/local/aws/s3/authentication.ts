import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { region } from '../cloudformation/arns.ts';
import { millisecondsOf, signatureOf } from '../iam/signature.ts';
import { canonicalPath, canonicalQuery } from './canonical.ts';
import { accessDenied, S3Error } from './s3-error.ts';

/** A request as it arrived, apart from its body. */
export interface Unverified {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
}

/** Who may sign requests, and with what. */
export interface Signers {
  secretOf: (accessKeyId: string) => string;
  /** Whether they have temporary credentials, which are valid only together with a session token. */
  areTemporary: boolean;
}

export interface Authenticated {
  accessKeyId: string;
  /** The SHA-256 that the body must have, in hexadecimal; undefined if it is not signed. */
  sha256: string | undefined;
}

interface Signature {
  accessKeyId: string;
  scope: string;
  time: string;
  names: string[];
  signature: string;
  payload: string;
  sessionToken: string | undefined;
}

const unsignedPayload = 'UNSIGNED-PAYLOAD';
const maxExpirySeconds = 7 * 24 * 60 * 60;
/** How far the date of a request that is signed by its headers may be from the server's time. */
const maxSkewMs = 15 * 60_000;

/**
 * Who signed the request, in its query or in its headers. Throws S3's error if the signature is missing, wrong or too old.
 * `host` is the one that the URL was issued for: another name or a forwarded port of this machine leads here too.
 */
export function authenticate(request: Unverified, host: string, signers: Signers): Authenticated {
  const signed = request.query.has('X-Amz-Signature') ? fromQuery(request.query) : fromHeaders(request.headers);
  requireSignedHeaders(request.headers, signed.names);
  requireScope(signed);
  requireSessionToken(signed, signers);
  const { accessKeyId, scope, time, names, payload } = signed;
  const canonical = [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${canonicalValue(name === 'host' ? host : request.headers[name])}`),
    '',
    names.join(';'),
    payload,
  ].join('\n');
  const expected = signatureOf(canonical, { scope, time, secret: signers.secretOf(accessKeyId) });
  const given = Buffer.from(signed.signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw signatureDoesNotMatch();
  return { accessKeyId, sha256: payload === unsignedPayload ? undefined : payload };
}

const signatureDoesNotMatch = (): S3Error =>
  new S3Error(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  );

const canonicalValue = (value: string | string[] | undefined): string =>
  String(value ?? '')
    .trim()
    .replace(/ +/g, ' ');

/** A presigned URL. */
function fromQuery(query: URLSearchParams): Signature {
  const parameter = (name: string) => {
    const value = query.get(`X-Amz-${name}`);
    if (value === null) throw malformedQuery('Query-string authentication version 4 requires its six parameters.');
    return value;
  };
  if (parameter('Algorithm') !== 'AWS4-HMAC-SHA256')
    throw malformedQuery('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  const [accessKeyId = '', ...scope] = parameter('Credential').split('/');
  const time = parameter('Date');
  requireUnexpired(time, parameter('Expires'));
  return {
    accessKeyId,
    scope: scope.join('/'),
    time,
    names: parameter('SignedHeaders').split(';'),
    signature: parameter('Signature'),
    payload: query.get('X-Amz-Content-Sha256') ?? unsignedPayload,
    sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
  };
}

const malformedQuery = (message: string) => new S3Error(400, 'AuthorizationQueryParametersError', message);

function requireUnexpired(time: string, expires: string): void {
  const seconds = /^\d+$/.test(expires) ? Number(expires) : 0;
  if (seconds < 1 || seconds > maxExpirySeconds)
    throw malformedQuery('X-Amz-Expires must be between 1 and 604800 seconds');
  const signedAt = millisecondsOf(time);
  if (signedAt === undefined)
    throw malformedQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  if (signedAt > Date.now() + maxSkewMs) throw accessDenied('Request is not yet valid');
  const expiresAt = signedAt + seconds * 1000;
  if (Date.now() <= expiresAt) return;
  const [Expires, ServerTime] = [new Date(expiresAt).toISOString(), new Date().toISOString()];
  throw accessDenied('Request has expired', { 'X-Amz-Expires': expires, Expires, ServerTime });
}

const form = /^AWS4-HMAC-SHA256 Credential=(\w+)\/([\w/-]+), ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/;

function fromHeaders(headers: IncomingHttpHeaders): Signature {
  if (headers.authorization === undefined) throw accessDenied();
  const [, accessKeyId, scope = '', names = '', signature = ''] = form.exec(headers.authorization) ?? [];
  if (accessKeyId === undefined)
    throw new S3Error(400, 'AuthorizationHeaderMalformed', 'The authorization header is malformed.');
  const payload = headers['x-amz-content-sha256'];
  if (payload === undefined)
    throw new S3Error(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  const time = String(headers['x-amz-date']);
  const signedAt = millisecondsOf(time);
  if (signedAt === undefined) throw accessDenied('AWS authentication requires a valid Date or x-amz-date header');
  if (Math.abs(Date.now() - signedAt) > maxSkewMs)
    throw new S3Error(
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    );
  const sessionToken = headers['x-amz-security-token']?.toString();
  return { accessKeyId, scope, time, names: names.split(';'), signature, payload: String(payload), sessionToken };
}

/** The host and every header of AWS must be signed. */
function requireSignedHeaders(headers: IncomingHttpHeaders, names: string[]): void {
  const needed = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw accessDenied('There were headers present in the request which were not signed', {
      HeadersNotSigned: missing.join(', '),
    });
}

function requireScope({ scope, time }: Signature): void {
  const expected = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  if (scope !== expected)
    throw new S3Error(
      400,
      'AuthorizationHeaderMalformed',
      `The credential's scope is "${scope}"; expecting "${expected}"`,
    );
}

function requireSessionToken({ sessionToken }: Signature, { areTemporary }: Signers): void {
  if (areTemporary && !sessionToken)
    throw new S3Error(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
}
