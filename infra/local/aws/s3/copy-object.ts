import { Readable } from 'node:stream';
import { objectArn } from '../cloudformation/arns.ts';
import { requirePermission, type S3Call, type S3Operation, xmlType } from './call.ts';
import { refuseMissing } from './get-object.ts';
import type { ObjectHeaders, StoredObject } from './object-store.ts';
import { objectHeadersOf, requireWritable } from './put-object.ts';
import { preconditionFailed, S3Error } from './s3-error.ts';

export const copyObject: S3Operation = async (call, store) => {
  const { bucket, key, headers } = call;
  const source = sourceOf(call);
  requirePermission(call, 's3:GetObject', objectArn(source.bucket, source.key));
  const onlyNew = requireWritable(call);
  const opened = (await store.open(source.bucket, source.key)) ?? refuseMissing(call, source.bucket, source.key);
  try {
    const etag = headers['x-amz-copy-source-if-match'];
    if (etag !== undefined && etag !== opened.object.etag) throw preconditionFailed('x-amz-copy-source-if-match');
    const end = opened.object.length - 1;
    const body = end < 0 ? Readable.from([]) : opened.file.createReadStream({ start: 0, end, autoClose: false });
    const copied = await store.write(bucket.id, key, { body, headers: headersOf(call, opened.object), onlyNew });
    if (!copied) throw preconditionFailed('If-None-Match');
    return { status: 200, headers: xmlType, body: resultOf(copied) };
  } finally {
    await opened.file.close();
  }
};

/** "/bucket/key" or "bucket/key", encoded as in a URL. */
function sourceOf({ headers }: S3Call): { bucket: string; key: string } {
  const source = decodeURIComponent(String(headers['x-amz-copy-source']));
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(source) ?? [];
  if (bucket !== undefined && key !== undefined) return { bucket, key };
  throw new S3Error(
    400,
    'InvalidArgument',
    'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
  );
}

function headersOf({ headers }: S3Call, source: StoredObject): ObjectHeaders {
  const directive = headers['x-amz-metadata-directive'] ?? 'COPY';
  if (directive === 'REPLACE') return objectHeadersOf(headers);
  if (directive !== 'COPY') throw new S3Error(400, 'InvalidArgument', 'Unknown metadata directive.');
  const { contentType, contentDisposition, cacheControl } = source;
  return { contentType, contentDisposition, cacheControl };
}

const resultOf = ({ etag, lastModified }: StoredObject): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<CopyObjectResult><LastModified>${new Date(lastModified).toISOString()}</LastModified><ETag>${etag.replaceAll('"', '&quot;')}</ETag></CopyObjectResult>`;
