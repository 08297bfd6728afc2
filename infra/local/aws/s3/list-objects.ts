import { bucketArn } from '../cloudformation/arns.ts';
import { requirePermission, type S3Operation, xmlType } from './call.ts';
import type { StoredObject } from './object-store.ts';
import { S3Error } from './s3-error.ts';
import { escapeXml } from './xml.ts';

/** S3's limit for a page, and its default. */
const maxPageSize = 1000;

/** ListObjectsV2. The token of the next page is the last key of this one. */
export const listObjects: S3Operation = async (call, store) => {
  const { bucket, query } = call;
  requirePermission(call, 's3:ListBucket', bucketArn(bucket.id));
  const prefix = query.get('prefix') ?? '';
  const pageSize = pageSizeOf(query.get('max-keys'));
  const token = query.get('continuation-token');
  const all = await store.keys(bucket.id, prefix);
  const rest = token === null ? all : all.slice(positionAfter(all, keyOf(token)));
  const page = rest.slice(0, pageSize);
  const objects = await Promise.all(page.map(async (key) => ({ key, object: await store.find(bucket.id, key) })));
  const isTruncated = rest.length > page.length;
  const contents = objects.flatMap(({ key, object }) => (object ? contentsOf(key, object) : []));
  const fields = [
    element('Name', bucket.id),
    element('Prefix', prefix),
    element('KeyCount', String(contents.length)),
    element('MaxKeys', String(pageSize)),
    element('IsTruncated', String(isTruncated)),
    ...(isTruncated ? [element('NextContinuationToken', tokenOf(page.at(-1) ?? ''))] : []),
    ...contents,
  ];
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${fields.join('')}</ListBucketResult>`;
  return { status: 200, headers: xmlType, body };
};

function pageSizeOf(maxKeys: string | null): number {
  if (maxKeys === null) return maxPageSize;
  if (!/^\d+$/.test(maxKeys)) throw new S3Error(400, 'InvalidArgument', 'Provided max-keys not an integer');
  return Math.min(Number(maxKeys), maxPageSize);
}

const tokenOf = (key: string): string => Buffer.from(key).toString('base64');
const keyOf = (token: string): Buffer => Buffer.from(token, 'base64');

function positionAfter(keys: string[], last: Buffer): number {
  const next = keys.findIndex((key) => Buffer.compare(Buffer.from(key), last) > 0);
  return next < 0 ? keys.length : next;
}

const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`;

const contentsOf = (key: string, { lastModified, etag, length }: StoredObject): string =>
  `<Contents>${element('Key', key)}${element('LastModified', new Date(lastModified).toISOString())}${element('ETag', etag)}${element('Size', String(length))}<StorageClass>STANDARD</StorageClass></Contents>`;
