import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { type FileHandle, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod/mini';

/** What an object is stored with, apart from its bytes. */
const objectHeaders = z.object({
  contentType: z.optional(z.string()),
  contentDisposition: z.optional(z.string()),
  cacheControl: z.optional(z.string()),
});
const storedObject = z.extend(objectHeaders, {
  length: z.number(),
  /** The MD5 of the bytes, in quotes. */
  etag: z.string(),
  /** Milliseconds since the epoch. */
  lastModified: z.number(),
});

export type ObjectHeaders = z.output<typeof objectHeaders>;
export type StoredObject = z.output<typeof storedObject>;

/** The bytes that were received for an object. */
export interface Received {
  length: number;
  /** In hexadecimal digits. */
  sha256: string;
}

/** The length of the metadata is in the last bytes of a file, as a 32-bit integer. */
const trailerBytes = 4;
/** Where unfinished files are. No bucket has this name, which is too short for one. */
const unfinished = '_';

/**
 * The objects of all buckets on disk, one file for each: its bytes, then its metadata as JSON, then the length of the JSON.
 * Being one file, an object is there with all of this or not at all.
 */
export class ObjectStore {
  private readonly folder: string;

  /** Nobody else may use the folder. It is created with the first object. */
  constructor(folder: string) {
    this.folder = folder;
    // What the previous run did not finish.
    rmSync(join(folder, unfinished), { recursive: true, force: true });
  }

  /**
   * Stores an object once `body` has ended, and `check` has accepted it by not throwing. Returns undefined, and stores
   * nothing, if the key exists and `onlyNew` is set.
   */
  async write(
    bucket: string,
    key: string,
    { body, headers, onlyNew = false, check = () => {} }: Writing,
  ): Promise<StoredObject | undefined> {
    const file = join(this.folder, unfinished, randomUUID());
    mkdirSync(join(this.folder, unfinished), { recursive: true, mode: 0o700 });
    mkdirSync(join(this.folder, bucket), { recursive: true, mode: 0o700 });
    try {
      const { etag, ...received } = await receive(body, file);
      check(received);
      const object: StoredObject = { ...headers, length: received.length, etag, lastModified: Date.now() };
      await appendMetadata(file, object);
      // Both at once, so that of two writers of a new key one wins.
      if (onlyNew && existsSync(this.fileOf(bucket, key))) return undefined;
      renameSync(file, this.fileOf(bucket, key));
      return object;
    } finally {
      await rm(file, { force: true });
    }
  }

  /** The object and its file, which the caller must close; undefined if there is none. */
  async open(bucket: string, key: string): Promise<OpenObject | undefined> {
    const file = await open(this.fileOf(bucket, key)).catch(unlessMissing);
    if (!file) return undefined;
    try {
      return { object: await readMetadata(file), file };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async find(bucket: string, key: string): Promise<StoredObject | undefined> {
    const opened = await this.open(bucket, key);
    await opened?.file.close();
    return opened?.object;
  }

  has(bucket: string, key: string): boolean {
    return existsSync(this.fileOf(bucket, key));
  }

  async remove(bucket: string, key: string): Promise<void> {
    await rm(this.fileOf(bucket, key), { force: true });
  }

  /** The keys with this prefix in the order of their UTF-8 bytes, as S3 lists them. */
  async keys(bucket: string, prefix = ''): Promise<string[]> {
    const names = (await readdir(join(this.folder, bucket)).catch(unlessMissing)) ?? [];
    const keys = names.map(decodeURIComponent).filter((key) => key.startsWith(prefix));
    return keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  private fileOf(bucket: string, key: string): string {
    // A file cannot be called "." or "..".
    const name = encodeURIComponent(key).replace(/^\.+/, (dots) => '%2E'.repeat(dots.length));
    return join(this.folder, bucket, name);
  }
}

export interface OpenObject {
  object: StoredObject;
  /** Begins with the object's bytes. */
  file: FileHandle;
}

interface Writing {
  body: AsyncIterable<Buffer>;
  headers: ObjectHeaders;
  onlyNew?: boolean;
  check?: (received: Received) => void;
}

async function receive(body: AsyncIterable<Buffer>, file: string): Promise<Received & { etag: string }> {
  const [md5, sha256] = [createHash('md5'), createHash('sha256')];
  let length = 0;
  const handle = await open(file, 'wx', 0o600);
  await pipeline(
    body,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        length += chunk.length;
        md5.update(chunk);
        sha256.update(chunk);
        yield chunk;
      }
    },
    handle.createWriteStream(),
  );
  return { length, etag: `"${md5.digest('hex')}"`, sha256: sha256.digest('hex') };
}

async function appendMetadata(file: string, object: StoredObject): Promise<void> {
  const json = Buffer.from(JSON.stringify(object));
  const trailer = Buffer.alloc(trailerBytes);
  trailer.writeUInt32BE(json.length);
  const handle = await open(file, 'a');
  try {
    await handle.appendFile(Buffer.concat([json, trailer]));
  } finally {
    await handle.close();
  }
}

async function readMetadata(file: FileHandle): Promise<StoredObject> {
  const { size } = await file.stat();
  const trailer = await readAt(file, size - trailerBytes, trailerBytes);
  const jsonBytes = trailer.readUInt32BE();
  const json = await readAt(file, size - trailerBytes - jsonBytes, jsonBytes);
  return z.parse(storedObject, JSON.parse(json.toString()));
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer } = await file.read({ buffer: Buffer.alloc(length), position });
  return buffer;
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
