import { randomUUID } from 'node:crypto';
import type { RequestOf } from '#shared/contract/endpoint.ts';
import type { createFile } from '#shared/contract/files/create-file.ts';
import { kindOf, thumbnailType } from '#shared/contract/files/types.ts';
import { fileSeconds, type StoredFile, storeFile } from '#shared/data/files.ts';
import { countUse } from '#shared/data/limits.ts';
import { presign } from '#shared/platform/aws/presign.ts';
import { urlOf } from '#shared/platform/aws/s3.ts';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';
import { thumbnailOf, uploadKey } from './object-keys.ts';

type Announced = RequestOf<typeof createFile>['body'];

/** How long an upload may begin, seconds. */
const uploadSeconds = 300;
const daySeconds = 24 * 60 * 60;

/**
 * Stores what a file will be, and says where to upload it. Throws `files_not_configured`, `file_too_large` and
 * `daily_upload_limit`.
 */
export async function announceFile(userId: string, { thumbnail, ...announced }: Announced) {
  if (!settings.filesBucket()) throw new Problem('files_not_configured');
  const { mimeType, size } = announced;
  await requireRoom(userId, announced, size + (thumbnail?.size ?? 0));
  const id = randomUUID();
  // Whoever stores the file under its name must not leave the folder that they chose.
  const file = { ...announced, name: announced.name.replace(/[/\\]/g, '_'), id };
  await storeFile({ ...file, userId, ...(thumbnail && { thumbnailSize: thumbnail.size }) });
  const key = uploadKey(userId, id);
  return {
    file: { ...file, expiresIn: fileSeconds },
    upload: uploadTo(key, mimeType, size),
    ...(thumbnail && { thumbnailUpload: uploadTo(thumbnailOf(key), thumbnailType, thumbnail.size) }),
  };
}

async function requireRoom(userId: string, { mimeType, size }: Announced, bytes: number): Promise<void> {
  const { image, other, daily } = settings.fileLimits();
  const limit = kindOf(mimeType) === 'image' ? image : other;
  if (size > limit)
    throw new Problem('file_too_large', {
      errors: [{ path: 'size', message: `must be at most ${limit}`, rule: 'too_large', limit }],
    });
  const usedUp = await countUse('uploaded bytes', userId, { allow: daily, within: daySeconds }, bytes);
  if (usedUp) throw new Problem('daily_upload_limit', { retryAfter: usedUp.retryAfter });
}

/** One PUT of exactly this type and size, to a key that has nothing yet. */
function uploadTo(objectKey: string, mimeType: StoredFile['mimeType'], size: number) {
  const headers = { 'content-type': mimeType, 'if-none-match': '*' };
  const signed = { ...headers, 'content-length': String(size) };
  const url = presign({ method: 'PUT', url: urlOf(objectKey), headers: signed, expiresIn: uploadSeconds });
  return { url, headers, expiresIn: uploadSeconds };
}
