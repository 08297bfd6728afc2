import { enqueue } from '#shared/platform/aws/queue.ts';
import { settings } from '#shared/platform/settings.ts';

/**
 * Objects that may not be needed any more, and what may need them. The function `delete-files` looks a minute later, when
 * no function that used them can still be running, and deletes those that nothing uses. So an event is enqueued before
 * files are copied and before what uses them is deleted: whatever breaks off then, no object is left over and none is missing.
 */
export type FileEvent =
  | { chatId: string; seq: number; fileIds: string[] }
  | { pictureOf: string; fileIds: string[] }
  | { avatarOf: string; fileIds: string[] }
  /** Everything of a chat that its last participant is leaving. */
  | { closedChatId: string };

/** Longer than a function runs. Seconds. */
const delaySeconds = 60;

/** Throws if the queue can't be reached: what was to follow must not be done then. */
export async function enqueueFiles(event: FileEvent): Promise<void> {
  const queueUrl = settings.filesQueue();
  if (queueUrl) await enqueue(queueUrl, event, { delaySeconds });
}
