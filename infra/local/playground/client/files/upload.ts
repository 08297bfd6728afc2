import type * as z from 'zod/mini';
import type { fileUpload } from '#shared/contract/files/create-file.ts';
import { times } from '../realtime/times.ts';
import type { Api } from '../rest/api.ts';
import { ApiProblem, NoAnswer } from '../rest/api-problem.ts';
import { here } from './here.ts';
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
    if (thumbnail && announced.thumbnailUpload) await put(announced.thumbnailUpload, thumbnail.blob, signal);
    await put(announced.upload, blob, signal, onProgress);
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

/** XMLHttpRequest, because `fetch` does not say how much it has sent. */
function put(
  { url, headers }: z.output<typeof fileUpload>,
  blob: Blob,
  signal: AbortSignal,
  onProgress = (_loaded: number) => {},
): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = new XMLHttpRequest();
  request.open('PUT', here(url));
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  const giveUp = () => {
    reject(new NoAnswer('The upload has stalled.'));
    request.abort();
  };
  let timer = setTimeout(giveUp, times.upload);
  request.upload.onprogress = ({ loaded }) => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, times.upload);
    onProgress(loaded);
  };
  // 412: the key has been written, by an earlier attempt whose answer was lost.
  request.onload = () =>
    request.status < 300 || request.status === 412 ? resolve() : reject(new ApiProblem(request.status, {}));
  request.onerror = () => reject(new NoAnswer('The upload broke off.'));
  const abort = () => request.abort();
  request.onabort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  request.onloadend = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  };
  request.send(blob);
  return promise;
}
