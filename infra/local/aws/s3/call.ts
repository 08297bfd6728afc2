import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { BucketConfig } from '../cloudformation/buckets.ts';
import type { ObjectStore } from './object-store.ts';
import { accessDenied } from './s3-error.ts';

/** A request to S3 whose signer is known. */
export interface S3Call {
  method: string;
  bucket: BucketConfig;
  /** Empty for the bucket itself. */
  key: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: AsyncIterable<Buffer>;
  /** The SHA-256 that the body must have, in hexadecimal; undefined if it is not signed. */
  sha256?: string | undefined;
  /** Why the caller may not do this; undefined if it may. */
  refusal: (action: string, resource: string) => string | undefined;
}

export type S3Headers = Record<string, string | number>;

export interface S3Answer {
  status: number;
  headers?: S3Headers;
  body?: string | Readable;
}

export type S3Operation = (call: S3Call, store: ObjectStore) => Promise<S3Answer>;

export const xmlType = { 'content-type': 'application/xml' };

/** Throws unless the caller has this permission. */
export function requirePermission({ refusal }: S3Call, action: string, resource: string): void {
  const reason = refusal(action, resource);
  if (reason !== undefined) throw accessDenied(reason);
}
