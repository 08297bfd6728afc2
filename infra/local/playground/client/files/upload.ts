import type { Api } from '../rest/api.ts';
import { ApiProblem } from '../rest/api-problem.ts';
import type { Announced, LocalFile } from './local-file.ts';
import type { FileDescription } from './outgoing-file.ts';

type Purpose = 'message' | 'avatar' | 'picture';

interface Upload {
  purpose: Purpose;
  description: FileDescription;
  local: LocalFile;
  /** Called with the number of bytes that were sent so far. */
  onProgress?(loaded: number): void;
}

/**
 * Uploads a file and returns its id. Throws an `ApiProblem` or `NoAnswer`, and what the signal of the file says. After a
 * failure, call it again: it uses the same URLs while they are valid.
 */
export async function upload(api: Api, { purpose, description, local, onProgress }: Upload): Promise<string> {
  const { blob, thumbnail, signal } = local;
  const announced = await announce(api, { purpose, description, local });
  local.announced = announced;
  try {
    if (thumbnail && announced.thumbnailUpload) await api.put(announced.thumbnailUpload, thumbnail.blob, signal);
    await api.put(announced.upload, blob, signal, onProgress);
  } catch (error) {
    // Whatever is wrong with these URLs, new ones are right.
    if (error instanceof ApiProblem && !error.unhandled) local.announced = undefined;
    throw error;
  }
  return announced.file.id;
}

async function announce(api: Api, { purpose, description, local }: Upload): Promise<Announced> {
  const { announced, thumbnail } = local;
  if (announced && Date.now() < announced.until) return announced;
  const { width, height } = thumbnail ?? {};
  const small = thumbnail && { size: thumbnail.blob.size, width, height };
  const sentAt = Date.now();
  const answer = await api.createFile({ ...description, purpose, thumbnail: small });
  return { ...answer, until: sentAt + answer.upload.expiresIn * 1000 };
}
