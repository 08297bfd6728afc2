import { deleteUnused } from '#shared/files/delete-unused.ts';
import type { FileEvent } from '#shared/files/erasure.ts';
import { queueWorker } from '#shared/lambda/queue-worker.ts';

/** Deletes the objects that nothing uses any more. */
export const handler = queueWorker<FileEvent>('delete-files', deleteUnused, (event) => event);
