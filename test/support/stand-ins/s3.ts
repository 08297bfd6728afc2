import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { LocalS3, s3Path } from '../../../infra/local/aws/s3/local-s3.ts';
import { type ObjectHeaders, ObjectStore, type StoredObject } from '../../../infra/local/aws/s3/object-store.ts';
import { S3Error } from '../../../infra/local/aws/s3/s3-error.ts';

/**
 * An answer with this status (200: an error all the same, as S3 may answer a copy); a broken connection before anything is
 * done; or one after everything is done.
 */
type Failure = number | 'no answer' | 'answer lost';

const bucket = 'files';

/** As the template's bucket: pages of any origin may upload, and an upload never replaces another one. */
const config = {
  id: bucket,
  cors: [{ origins: ['*'], methods: ['PUT'], headers: ['content-type', 'if-none-match'], exposed: ['etag'] }],
  forCloudFront: [],
  expiring: [],
  newOnly: [`arn:aws:s3:::${bucket}/uploads/*`],
};

/** S3 for functions that run alone: it knows the credentials of the tests, and permits their holder everything. */
class S3StandIn {
  /** The URL of the bucket. */
  url = '';
  /** The requests that have come: "PUT uploads/a/b". */
  readonly requests: string[] = [];
  private readonly folder = join(tmpdir(), `chat-s3-${randomUUID()}`);
  private readonly store = new ObjectStore(this.folder);
  private failing: { failure: Failure; times: number; of: RegExp } | undefined;
  private s3: LocalS3 | undefined;
  /** The same one without its answers. */
  private losing: LocalS3 | undefined;

  /** Stores an object without a request. */
  async put(key: string, content: string | Uint8Array, headers: ObjectHeaders = {}): Promise<StoredObject> {
    const body = Readable.from([Buffer.from(content)]);
    const stored = await this.store.write(bucket, key, { body, headers });
    if (!stored) throw new Error(`${key} was not stored`);
    return stored;
  }

  /** The object with its bytes; undefined if there is none. */
  async read(key: string): Promise<(StoredObject & { content: Buffer }) | undefined> {
    const opened = await this.store.open(bucket, key);
    if (!opened) return undefined;
    const { file, object } = opened;
    const { buffer: content } = await file.read({ buffer: Buffer.alloc(object.length), position: 0 });
    await file.close();
    return { ...object, content };
  }

  keys(prefix = ''): Promise<string[]> {
    return this.store.keys(bucket, prefix);
  }

  async remove(key: string): Promise<void> {
    await this.store.remove(bucket, key);
  }

  /** The next requests fail, or the next ones of those that match, such as /^DELETE/ or /^PUT chats\//. */
  failNext(failure: Failure, { times = 1, of = /./ }: { times?: number; of?: RegExp } = {}): void {
    this.failing = { failure, times, of };
  }

  /** No request fails any more. */
  recover(): void {
    this.failing = undefined;
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => void this.answer(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    server.unref();
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.url = `http://${host}${s3Path}/${bucket}`;
    const callers = { secretOf: (id: string) => id, areTemporary: false, refusalOf: () => undefined };
    const loses = { strikes: (fault: string) => fault === 'storageAnswerLost' };
    this.s3 = new LocalS3({ store: this.store, callers, host });
    this.losing = new LocalS3({ store: this.store, callers, host, chaos: loses });
    for (const each of [this.s3, this.losing]) each.reload([config]);
    return this;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.slice(`${s3Path}/${bucket}/`.length).replace(/\?.*/, '') ?? '';
    const described = `${request.method} ${path}`;
    this.requests.push(described);
    const failure = this.nextFailure(described);
    if (failure === 'no answer') return void request.socket.destroy();
    if (typeof failure === 'number') {
      const error = new S3Error(failure, failure === 503 ? 'SlowDown' : 'InternalError', 'Told to fail.');
      return void response.writeHead(failure, { 'content-type': 'application/xml' }).end(error.toXml());
    }
    await (failure === 'answer lost' ? this.losing : this.s3)?.handle(request, response);
  }

  private nextFailure(described: string): Failure | undefined {
    if (!this.failing?.of.test(described)) return undefined;
    const { failure } = this.failing;
    this.failing.times--;
    if (this.failing.times <= 0) this.failing = undefined;
    return failure;
  }

  removeAll(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const s3 = await new S3StandIn().start();
