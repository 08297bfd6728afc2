import type { Readable } from 'node:stream';
import { bucketArn, objectArn } from '../cloudformation/arns.ts';
import { requirePermission, type S3Answer, type S3Call, type S3Headers, type S3Operation } from './call.ts';
import type { OpenObject, StoredObject } from './object-store.ts';
import { type Range, rangeOf } from './range.ts';
import { accessDenied, noSuchKey, preconditionFailed } from './s3-error.ts';

/** GET and HEAD. */
export const getObject: S3Operation = async (call, store) => {
  const { bucket, key, method } = call;
  requirePermission(call, 's3:GetObject', objectArn(bucket.id, key));
  const opened = (await store.open(bucket.id, key)) ?? refuseMissing(call, bucket.id, key);
  let body: Readable | undefined;
  try {
    const { answer, range } = answerTo(call, opened.object);
    if (method === 'GET' && range && range.start <= range.end) body = readRange(opened, range);
    return { ...answer, ...(body && { body }) };
  } finally {
    // The stream closes the file.
    if (!body) await opened.file.close();
  }
};

/** The answer without its body, of which `range` is to be sent. Throws if a condition or the range cannot be met. */
function answerTo({ headers }: S3Call, object: StoredObject): { answer: S3Answer; range?: Range } {
  if (headers['if-match'] !== undefined && headers['if-match'] !== object.etag) throw preconditionFailed('If-Match');
  const described = headersOf(object);
  if (headers['if-none-match'] === object.etag) return { answer: { status: 304, headers: described } };
  const asked = rangeOf(headers.range, object.length);
  const range = asked ?? { start: 0, end: object.length - 1 };
  const contentRange = asked && { 'content-range': `bytes ${range.start}-${range.end}/${object.length}` };
  const length = { 'content-length': range.end - range.start + 1 };
  return { answer: { status: asked ? 206 : 200, headers: { ...described, ...contentRange, ...length } }, range };
}

const headersOf = (object: StoredObject): S3Headers => ({
  'accept-ranges': 'bytes',
  etag: object.etag,
  'last-modified': new Date(object.lastModified).toUTCString(),
  'content-type': object.contentType ?? 'binary/octet-stream',
  ...(object.contentDisposition && { 'content-disposition': object.contentDisposition }),
  ...(object.cacheControl && { 'cache-control': object.cacheControl }),
});

const readRange = ({ file }: OpenObject, { start, end }: Range): Readable => file.createReadStream({ start, end });

/** Throws. S3 tells only those who may list the bucket that an object is not there. */
export function refuseMissing({ refusal }: S3Call, bucket: string, key: string): never {
  const reason = refusal('s3:ListBucket', bucketArn(bucket));
  throw reason === undefined ? noSuchKey(key) : accessDenied(reason);
}
