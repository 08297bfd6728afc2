import { hash } from 'node:crypto';
import { retry } from '../retry.ts';
import { settings } from '../settings.ts';
import { type AwsRequest, type HttpResponse, signedExchange } from './request.ts';

/** The bucket of files. Each request is tried up to three times. */

/** For one attempt, milliseconds: a copy of 25 MB takes longer than other requests to AWS. */
const timeoutMs = 5000;

/** The hash of an empty body, which S3 wants in a header. */
const empty = { 'x-amz-content-sha256': hash('sha256', '') };

function bucket() {
  const found = settings.filesBucket();
  if (!found) throw new Error('This stage has no bucket for files.');
  return found;
}

export const urlOf = (objectKey: string): URL => new URL(`${bucket().url}/${objectKey}`);

async function request(
  { method, url, headers = {} }: Pick<AwsRequest, 'method' | 'url' | 'headers'>,
  expected: number[],
): Promise<HttpResponse> {
  return retry({ attempts: 3, baseMs: 100 }, async () => {
    const answer = await signedExchange({ service: 's3', method, url, headers: { ...empty, ...headers }, timeoutMs });
    const { statusCode, body } = answer;
    // A copy that takes long begins its answer with 200, whatever comes of it.
    const isLateError = method === 'PUT' && statusCode === 200 && body.includes('<Error>');
    if (expected.includes(statusCode) && !isLateError) return answer;
    const [, code] = /<Code>(\w+)<\/Code>/.exec(body.toString()) ?? [];
    const error = new Error(`S3 answered ${statusCode} ${code ?? ''}`);
    throw Object.assign(error, { name: statusCode >= 500 || isLateError ? 'ServiceUnavailable' : 'S3Error' });
  });
}

/** The beginning of an object. */
export interface Beginning {
  bytes: Buffer;
  /** Of the whole object, in bytes. */
  size: number;
  contentType: string;
  etag: string;
}

/** Reads the first bytes of an object; undefined if there is none. An empty object counts as none. */
export async function readBeginning(objectKey: string, length: number): Promise<Beginning | undefined> {
  const range = `bytes=0-${length - 1}`;
  const answer = await request({ method: 'GET', url: urlOf(objectKey), headers: { range } }, [206, 403, 404, 416]);
  if (answer.statusCode !== 206) return undefined;
  const { 'content-range': place = '', 'content-type': contentType = '', etag = '' } = answer.headers;
  return { bytes: answer.body, size: Number(place.split('/')[1]), contentType, etag };
}

/** Copies an object that still has this ETag, with headers of our own. Returns false if it has another one, or is gone. */
export async function copyObject(
  from: { objectKey: string; etag: string },
  to: { objectKey: string; headers: Record<string, string> },
): Promise<boolean> {
  const headers = {
    ...to.headers,
    'x-amz-copy-source': `${bucket().name}/${from.objectKey}`,
    'x-amz-copy-source-if-match': from.etag,
    'x-amz-metadata-directive': 'REPLACE',
  };
  const { statusCode } = await request({ method: 'PUT', url: urlOf(to.objectKey), headers }, [200, 403, 404, 412]);
  return statusCode === 200;
}

export async function deleteObject(objectKey: string): Promise<void> {
  await request({ method: 'DELETE', url: urlOf(objectKey) }, [204]);
}

/** The keys of up to 1,000 objects that begin with a prefix. */
export async function listObjects(prefix: string): Promise<string[]> {
  const url = urlOf('');
  url.search = `list-type=2&prefix=${encodeURIComponent(prefix)}`;
  const { body } = await request({ method: 'GET', url }, [200]);
  return [...body.toString().matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = '']) => key);
}
