import { type FileType, kindOf, thumbnailType } from '#shared/contract/files/types.ts';
import type { FileInfo } from '#shared/data/files.ts';
import { copyObject } from '#shared/platform/aws/s3.ts';
import { Problem } from '#shared/platform/problem.ts';
import type { CheckedFile } from './check.ts';
import { enqueueFiles } from './erasure.ts';
import { attachmentKey, thumbnailOf, uploadKey } from './object-keys.ts';

/** How long the edge and phones keep a file, seconds. Its bytes never change. */
const cacheSeconds = 24 * 60 * 60;

/** Copies checked uploads to where they can be read. `keyOf` says where each file goes. */
export async function keepFiles(files: CheckedFile[], keyOf: (fileId: string) => string): Promise<void> {
  const copies = files.flatMap((file) => {
    const [from, to] = [uploadKey(file.userId, file.id), keyOf(file.id)];
    const { etag, thumbnailEtag, name, mimeType } = file;
    const whole = { from, to, etag, headers: headersOf(mimeType, name) };
    if (thumbnailEtag === undefined) return [whole];
    const headers = headersOf(thumbnailType, name);
    return [whole, { from: thumbnailOf(from), to: thumbnailOf(to), etag: thumbnailEtag, headers }];
  });
  const copied = await Promise.all(
    copies.map(({ from, to, etag, headers }) => copyObject({ objectKey: from, etag }, { objectKey: to, headers })),
  );
  // Uploads can't be replaced, so this one has expired between the check and now.
  if (copied.includes(false)) throw new Problem('unavailable', { retryAfter: 1 });
}

/** Copies the files of a message that has its number, before it is stored. */
export async function keepForMessage(
  { chatId, seq }: { chatId: string; seq: number },
  files: CheckedFile[],
): Promise<void> {
  await enqueueFiles({ chatId, seq, fileIds: files.map(({ id }) => id) });
  await keepFiles(files, (id) => attachmentKey(chatId, seq, id));
}

/** Browsers show pictures, videos and sounds, and only download everything else. */
const headersOf = (mimeType: FileType, name: string): Record<string, string> => ({
  'content-type': mimeType === 'text/plain' ? 'text/plain; charset=utf-8' : mimeType,
  'content-disposition': kindOf(mimeType) === 'file' ? `attachment; filename*=UTF-8''${encoded(name)}` : 'inline',
  'cache-control': `public, max-age=${cacheSeconds}, immutable`,
});

/** As RFC 5987 writes a name in a header. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** What a message keeps of its file. */
export const infoOf = ({ id, name, mimeType, size, ...file }: CheckedFile): FileInfo => {
  const { width, height, durationMs, blurhash, waveform, thumbnailSize } = file;
  return { id, name, mimeType, size, width, height, durationMs, blurhash, waveform, thumbnailSize };
};
