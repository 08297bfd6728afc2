import { type FileType, thumbnailType } from '#shared/contract/files/types.ts';
import type { FieldError, FieldRule } from '#shared/contract/problem.ts';
import { getFiles, type StoredFile } from '#shared/data/files.ts';
import { readBeginning } from '#shared/platform/aws/s3.ts';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';
import { beginsAs, magicLength } from './magic-bytes.ts';
import { thumbnailOf, uploadKey } from './object-keys.ts';

/** A file that was uploaded as promised, with what identifies the bytes that were checked. */
export interface CheckedFile extends StoredFile {
  etag: string;
  thumbnailEtag?: string | undefined;
}

const reasons = {
  unknown_file: 'is not a file of yours, or has expired',
  wrong_purpose: 'was announced for another purpose',
  already_used: 'has been used already',
  not_uploaded: 'has not been uploaded',
  wrong_size: 'does not have the size that was announced',
  wrong_content: 'does not have the type that was announced',
} as const satisfies Partial<Record<FieldRule, string>>;

type Reason = keyof typeof reasons;

/**
 * The user's files of these ids, if each can be used for this purpose. `path` is where the request names a file. Throws
 * `files_not_configured` and `file_refused` with the reason for each file.
 */
export async function checkFiles(
  userId: string,
  ids: string[],
  { purpose, pathOf }: { purpose: StoredFile['purpose']; pathOf: (n: number) => string },
): Promise<CheckedFile[]> {
  if (!settings.filesBucket()) throw new Problem('files_not_configured');
  const found = new Map((await getFiles(userId, ids)).map((file) => [file.id, file]));
  const checked = await Promise.all(ids.map((id) => check(found.get(id), purpose)));
  const errors = checked.flatMap((one, n): FieldError[] =>
    typeof one === 'string' ? [{ path: pathOf(n), message: reasons[one], rule: one }] : [],
  );
  if (errors.length > 0) throw new Problem('file_refused', { errors });
  return checked.filter((one) => typeof one !== 'string');
}

/** The refusal when another request has used the file at the same moment. */
export const usedMeanwhile = (path: string): Problem =>
  new Problem('file_refused', { errors: [{ path, message: reasons.already_used, rule: 'already_used' }] });

async function check(file: StoredFile | undefined, purpose: StoredFile['purpose']): Promise<CheckedFile | Reason> {
  if (!file) return 'unknown_file';
  if (file.purpose !== purpose) return 'wrong_purpose';
  if (file.isUsed) return 'already_used';
  const key = uploadKey(file.userId, file.id);
  const { mimeType, size, thumbnailSize } = file;
  const [upload, thumbnail] = await Promise.all([
    checkUpload(key, { mimeType, size }),
    thumbnailSize === undefined
      ? undefined
      : checkUpload(thumbnailOf(key), { mimeType: thumbnailType, size: thumbnailSize }),
  ]);
  if (typeof upload === 'string') return upload;
  if (typeof thumbnail === 'string') return thumbnail;
  return { ...file, etag: upload.etag, thumbnailEtag: thumbnail?.etag };
}

/** The URL of the upload was signed with type and size, but S3 alone must not be trusted with what others will open. */
async function checkUpload(
  objectKey: string,
  promised: { mimeType: FileType; size: number },
): Promise<{ etag: string } | Reason> {
  const found = await readBeginning(objectKey, magicLength);
  if (!found) return 'not_uploaded';
  if (found.size !== promised.size) return 'wrong_size';
  if (found.contentType !== promised.mimeType || !beginsAs(promised.mimeType, found.bytes)) return 'wrong_content';
  return found;
}
