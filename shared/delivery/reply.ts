import { log } from '#shared/platform/log.ts';
import { senderTimeoutMs } from './broadcast.ts';
import { post } from './post.ts';
import { retryPost } from './retry-post.ts';

/** Posts a frame to one connection, in answer to a frame that came on it. Returns whether API Gateway took it. */
export async function reply(connectionId: string, frame: object, timeoutMs = senderTimeoutMs): Promise<boolean> {
  const text = JSON.stringify(frame);
  const deadline = Date.now() + timeoutMs;
  const { result, cause } = await retryPost(() => post(connectionId, text, deadline), deadline);
  if (result !== 'done' && result !== 'gone') log.warn('reply given up', { connectionId, result, cause });
  return result === 'done';
}
