import { objectArn } from '../cloudformation/arns.ts';
import { requirePermission, type S3Call, type S3Operation } from './call.ts';
import { copyObject } from './copy-object.ts';
import { getObject } from './get-object.ts';
import { listObjects } from './list-objects.ts';
import { putObject } from './put-object.ts';
import { S3Error } from './s3-error.ts';

/** The headers of AWS that the operations understand. Ignoring another one could hide a mistake. */
const knownHeaders = new Set([
  'x-amz-content-sha256',
  'x-amz-copy-source',
  'x-amz-copy-source-if-match',
  'x-amz-date',
  'x-amz-metadata-directive',
  'x-amz-security-token',
]);
const listParameters = new Set(['list-type', 'prefix', 'max-keys', 'continuation-token']);

/** The operation that the request asks for. Throws if S3 has more of it than this stand-in. */
export function operationOf(call: S3Call): S3Operation {
  const { method, key, headers } = call;
  for (const name of Object.keys(headers))
    if (name.startsWith('x-amz-') && !knownHeaders.has(name)) throw notImplemented(`the header ${name}`);
  if (key === '') return bucketOperation(call);
  requireKnownParameters(call, new Set());
  if (method === 'GET' || method === 'HEAD') return getObject;
  if (method === 'PUT') return headers['x-amz-copy-source'] === undefined ? putObject : copyObject;
  if (method === 'DELETE') return deleteObject;
  throw new S3Error(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
}

function bucketOperation(call: S3Call): S3Operation {
  requireKnownParameters(call, listParameters);
  if (call.method === 'GET' && call.query.get('list-type') === '2') return listObjects;
  throw notImplemented(`${call.method} of a bucket, except for list-type=2`);
}

function requireKnownParameters({ query }: S3Call, known: ReadonlySet<string>): void {
  // The SDK adds x-id, which only names the operation.
  const other = [...query.keys()].find((name) => !/^(x-amz-|x-id$)/i.test(name) && !known.has(name));
  if (other !== undefined) throw notImplemented(`the parameter ${other}`);
}

const notImplemented = (what: string): S3Error =>
  new S3Error(501, 'NotImplemented', `S3 on this machine does not implement ${what}.`);

const deleteObject: S3Operation = async (call, store) => {
  const { bucket, key } = call;
  requirePermission(call, 's3:DeleteObject', objectArn(bucket.id, key));
  await store.remove(bucket.id, key);
  return { status: 204 };
};
