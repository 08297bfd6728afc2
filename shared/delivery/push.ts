import type { Message } from '#shared/contract/chats/message.ts';
import { enqueue } from '#shared/platform/aws/queue.ts';
import { correlationId } from '#shared/platform/invocation-log.ts';
import { log } from '#shared/platform/log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { settings } from '#shared/platform/settings.ts';
import { senderTimeoutMs } from './broadcast.ts';

/** How long a message may be read before it is pushed, seconds. */
export const pushDelay = 8;

/** One page of a chat's participants in the order of their ids: from one on, up to another one. */
export interface PushPage {
  number: number;
  from: string;
  /** Undefined for the last page. */
  to?: string | undefined;
}

/** What the function `push` is asked to do about a message. It reads everything else itself, each time it tries. */
export interface PushEvent {
  chatId: string;
  seq: number;
  /** The user whose deliveries these are. */
  userId: string;
  /** An edit, and those whom it mentions and the message before did not. Nobody else gets a push then. */
  edit?: { rev: number; mentions: string[]; everyone: boolean };
  /** Without it, the first page; the function then starts the others. */
  page?: PushPage;
  /** Only these sessions, which Firebase could not serve before, for the nth time. */
  retry?: { devices: { userId: string; sessionId: string }[]; attempt: number };
  /** The id of the request or frame that caused it. */
  correlationId?: string | undefined;
}

/** Puts an event into the queue. Throws what `enqueue` throws. */
export const enqueuePush = (queueUrl: string, event: PushEvent, delaySeconds: number, deadline?: number) =>
  enqueue(queueUrl, event, { delaySeconds, ...(deadline !== undefined && { deadline }) });

/** Has a stored message pushed to those who have not read it by then. Never throws. */
export async function pushMessage(message: Message): Promise<void> {
  const { chatId, seq, userId } = message;
  if (message.type !== 'system' || concernsSomebody(message)) await request({ chatId, seq, userId });
}

/** Of all system messages only these: somebody was added, removed, or made an admin or the owner. */
function concernsSomebody({ metadata: { event, role } = {} }: Message): boolean {
  return event === 'added' || event === 'removed' || (event === 'role_changed' && role !== 'member');
}

/** Has an edited message pushed to those whom it mentions now. Never throws. */
export async function pushEdit(event: PushEvent & Required<Pick<PushEvent, 'edit'>>): Promise<void> {
  const { mentions, everyone } = event.edit;
  if (mentions.length > 0 || everyone) await request(event);
}

let saidThatOff = false;

/** A retried send asks again, which harms nothing: what was pushed is not pushed again. */
async function request(event: PushEvent): Promise<void> {
  const queueUrl = settings.pushQueue();
  if (!queueUrl) {
    if (!saidThatOff) log.info('no push notifications: this stage does not set "push" in cdk.json (docs/deploy.md)');
    saidThatOff = true;
    return;
  }
  try {
    await enqueuePush(queueUrl, { ...event, correlationId: correlationId() }, pushDelay, Date.now() + senderTimeoutMs);
  } catch (error) {
    log.error('push not enqueued', { chatId: event.chatId, seq: event.seq, error });
    countMetric('PushesLost');
  }
}
