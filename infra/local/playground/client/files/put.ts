import type * as z from 'zod/mini';
import type { fileUpload } from '#shared/contract/files/create-file.ts';

/**
 * Sends bytes to where an announced file is uploaded, and says how many were sent so far. Rejects with an `ApiProblem`,
 * `NoAnswer` or the reason of the signal.
 */
export type Put = (
  target: z.output<typeof fileUpload>,
  blob: Blob,
  signal: AbortSignal,
  onProgress?: (loaded: number) => void,
) => Promise<void>;
