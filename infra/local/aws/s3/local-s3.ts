import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { splitUrl } from '../api-gateway/api-request.ts';
import { type Chaos, calm } from '../chaos.ts';
import type { BucketConfig } from '../cloudformation/buckets.ts';
import { covers, type Statement } from '../iam/policies.ts';
import type { Permission } from '../iam/roles.ts';
import { answerOrError, drop, send } from './answer.ts';
import { authenticate, type Signers, type Unverified } from './authentication.ts';
import type { S3Answer, S3Call } from './call.ts';
import { corsHeaders, preflight } from './cors.ts';
import type { ObjectStore } from './object-store.ts';
import { operationOf } from './operations.ts';
import { S3Error } from './s3-error.ts';

/** Where the buckets are: `/_local/s3/{bucket}/{key}`. */
export const s3Path = '/_local/s3';

/** Who may call S3. */
export interface Callers extends Signers {
  /** Why the holder of this access key may not do this; undefined if it may. */
  refusalOf: (accessKeyId: string, permissions: Permission[]) => string | undefined;
}

const dayMs = 24 * 60 * 60 * 1000;

interface Surroundings {
  store: ObjectStore;
  callers: Callers;
  /** Host and port of the URLs that are issued for the buckets. */
  host: string;
  chaos?: Chaos | undefined;
}

/** S3 on a laptop, as far as the functions and their clients use it. */
export class LocalS3 {
  private buckets = new Map<string, BucketConfig>();
  private readonly store: ObjectStore;
  private readonly callers: Callers;
  private readonly host: string;
  private readonly chaos: Chaos;

  constructor({ store, callers, host, chaos = calm }: Surroundings) {
    this.store = store;
    this.callers = callers;
    this.host = host;
    this.chaos = chaos;
  }

  /** From now on these buckets exist. Objects stay. */
  reload(buckets: BucketConfig[]): void {
    this.buckets = new Map(buckets.map((bucket) => [bucket.id, bucket]));
  }

  /** Deletes what the lifecycle rules of the buckets no longer keep. S3 does that once a day. */
  async removeExpired(now = Date.now()): Promise<void> {
    for (const { id, expiring } of this.buckets.values())
      for (const { prefix, days } of expiring)
        for (const key of await this.store.keys(id, prefix)) {
          const object = await this.store.find(id, key);
          if (object && object.lastModified + days * dayMs <= now) await this.store.remove(id, key);
        }
  }

  /** Answers a request to `/_local/s3/{bucket}/{key}`. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const { path, query } = splitUrl(url);
    const unverified = { method, path, query: new URLSearchParams(query), headers };
    const bucketId = path.slice(s3Path.length + 1).split('/')[0] ?? '';
    const bucket = this.buckets.get(bucketId);
    const what = `${method} ${path}`;
    if (this.chaos.strikes('storageCut', what)) return void request.socket.destroy();
    const answer = await answerOrError(async () => {
      if (!bucket)
        throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucketId });
      if (method === 'OPTIONS') return preflight(bucket.cors, headers);
      if (this.chaos.strikes('storageThrottled', what))
        throw new S3Error(503, 'SlowDown', 'Please reduce your request rate.');
      return this.answer(unverified, bucket, request);
    }, request);
    if (this.chaos.strikes('storageAnswerLost', what)) return drop(answer, request);
    const cors = bucket && method !== 'OPTIONS' ? corsHeaders(bucket.cors, method, headers) : {};
    await send(response, { ...answer, headers: { ...answer.headers, ...cors } });
  }

  private async answer(unverified: Unverified, bucket: BucketConfig, body: S3Call['body']): Promise<S3Answer> {
    const { accessKeyId, sha256 } = authenticate(unverified, this.host, this.callers);
    const refusal = (action: string, resource: string) => this.callers.refusalOf(accessKeyId, [{ action, resource }]);
    const key = decodeURIComponent(unverified.path.slice(`${s3Path}/${bucket.id}/`.length));
    const call = { ...unverified, bucket, key, body, sha256, refusal };
    return operationOf(call)(call, this.store);
  }

  /** What CloudFront gets for a GET or HEAD of an object, whose path is encoded as in a URL. */
  async answerCloudFront(bucketId: string, path: string, request: CloudFrontRequest): Promise<S3Answer> {
    const bucket = this.buckets.get(bucketId);
    return answerOrError(async () => {
      if (!bucket) throw new Error(`The distribution has an origin ${bucketId}, which is not a bucket.`);
      const allowed = ({ actions, resources }: Statement, action: string, resource: string) =>
        actions.includes(action) && resources.some((pattern) => covers(pattern, resource));
      const refusal = (action: string, resource: string) =>
        bucket.forCloudFront.some((statement) => allowed(statement, action, resource)) ? undefined : 'Access Denied';
      const key = decodeURIComponent(path.slice(1));
      const call = { ...request, bucket, key, query: new URLSearchParams(), body: noBody, refusal };
      return operationOf(call)(call, this.store);
    });
  }
}

type CloudFrontRequest = Pick<S3Call, 'method' | 'headers'>;

const noBody = Readable.from([]);
