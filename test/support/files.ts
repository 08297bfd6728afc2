import { createFile } from '#shared/contract/files/create-file.ts';
import type { FileType } from '#shared/contract/files/types.ts';
import type { FileEvent } from '#shared/files/erasure.ts';
import { handler } from '../../functions/delete-files.ts';
import type { Json } from './api-client.ts';
import { call } from './call.ts';
import { context } from './invoke.ts';
import type { Person } from './people.ts';
import { aws } from './stand-ins/aws.ts';

type Caller = Pick<Person, 'token'>;

/** The beginnings of files, with as many bytes behind them as a test likes. */
export const jpeg = (length = 100): Buffer => beginningWith('\xff\xd8\xff\xe0', length);
export const pdf = (length = 100): Buffer => beginningWith('%PDF-1.7', length);

function beginningWith(text: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.write(text, 'latin1');
  return bytes;
}

/** A file as it is announced: a JPEG of 100 bytes for a message, with these fields replaced. */
export const announced = (more: object = {}): object => ({
  name: 'sea.jpg',
  mimeType: 'image/jpeg' satisfies FileType,
  size: 100,
  purpose: 'message',
  ...more,
});

/** Announces a file. Throws if that is refused. */
export async function announce(person: Caller, more: object = {}): Promise<Json> {
  const { status, body } = await call(createFile, person, { body: announced(more) });
  if (status !== 200) throw new Error(`POST /files answered ${status} ${body.code}`);
  return body;
}

/** Uploads as the answer of `announce` says. */
export const put = ({ url, headers }: Json, content: Buffer, more: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { method: 'PUT', headers: { ...headers, ...more }, body: new Uint8Array(content) });

/** Announces and uploads a file, and returns its id. */
export async function uploaded(person: Caller, more: object = {}, content = jpeg()): Promise<string> {
  const { file, upload, thumbnailUpload } = await announce(person, { size: content.length, ...more });
  const answers = [await put(upload, content)];
  if (thumbnailUpload) answers.push(await put(thumbnailUpload, jpeg((more as Json).thumbnail.size)));
  for (const { status } of answers) if (status !== 200) throw new Error(`S3 answered ${status}`);
  return file.id;
}

/** Takes the events of files that match from the queue. */
export function takeFileEvents(matches: (event: Json) => boolean = () => true): FileEvent[] {
  const mine = aws.enqueued.filter(({ queueUrl, message }) => queueUrl === 'the files queue' && matches(message));
  for (const taken of mine) aws.enqueued.splice(aws.enqueued.indexOf(taken), 1);
  return mine.map(({ message }) => message as FileEvent);
}

/** Has the worker handle these events, or all in the queue, as if the delay had passed. Returns how many failed. */
export async function deleteFiles(events = takeFileEvents()): Promise<number> {
  const Records = events.map((event, n) => ({ messageId: String(n), body: JSON.stringify(event) }));
  const { batchItemFailures } = await handler({ Records }, context);
  return batchItemFailures.length;
}
