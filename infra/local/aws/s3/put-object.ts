import type { IncomingHttpHeaders } from 'node:http';
import { objectArn } from '../cloudformation/arns.ts';
import { covers } from '../iam/policies.ts';
import { requirePermission, type S3Call, type S3Operation } from './call.ts';
import type { ObjectHeaders, Received } from './object-store.ts';
import { accessDenied, preconditionFailed, S3Error } from './s3-error.ts';

export const putObject: S3Operation = async (call, store) => {
  const { bucket, key, headers, body, sha256 } = call;
  const onlyNew = requireWritable(call);
  // With this header, Node closes the connection when the body is shorter or longer than it says.
  if (headers['content-length'] === undefined)
    throw new S3Error(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  // The client need not send its body in vain. Whether the key is new is decided at the end.
  if (onlyNew && store.has(bucket.id, key)) throw preconditionFailed('If-None-Match');
  const check = (received: Received) => requireHash(received, sha256);
  const object = await store.write(bucket.id, key, { body, headers: objectHeadersOf(headers), onlyNew, check });
  if (!object) throw preconditionFailed('If-None-Match');
  return { status: 200, headers: { etag: object.etag } };
};

/** Throws unless the caller may write the object. Returns whether the request wants it to be a new one. */
export function requireWritable(call: S3Call): boolean {
  const { bucket, key, headers } = call;
  const resource = objectArn(bucket.id, key);
  requirePermission(call, 's3:PutObject', resource);
  const condition = headers['if-none-match'];
  if (condition === undefined && bucket.newOnly.some((pattern) => covers(pattern, resource)))
    throw accessDenied(`s3:PutObject on "${resource}" needs If-None-Match, with an explicit deny in the bucket policy`);
  if (condition !== undefined && condition !== '*')
    throw new S3Error(501, 'NotImplemented', 'If-None-Match supports only "*" here');
  return condition === '*';
}

function requireHash({ sha256 }: Received, expected: string | undefined): void {
  if (expected !== undefined && sha256 !== expected)
    throw new S3Error(
      400,
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
}

/** What S3 stores of a request's headers. */
export const objectHeadersOf = (headers: IncomingHttpHeaders): ObjectHeaders => ({
  contentType: headers['content-type'],
  contentDisposition: headers['content-disposition'],
  cacheControl: headers['cache-control'],
});
