import type { Message } from '#shared/contract/chats/message.ts';
import { enqueue } from '#shared/platform/aws/queue.ts';
import { correlationId } from '#shared/platform/invocation-log.ts';
import { log } from '#shared/platform/log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { settings } from '#shared/platform/settings.ts';
import { senderTimeoutMs } from './broadcast.ts';

/** How long people have to read a message before it is pushed, seconds. */
export const pushDelay = 8;

/** A page of a chat's participants in the order of their ids: from `from` up to, but without, `to`. */
export interface PushPage {
  number: number;
  from: string;
  /** Undefined for the last page. */
  to?: string | undefined;
}

/** An event of the queue: the message to push. The function `push` reads everything else, on every attempt. */
export interface PushEvent {
  chatId: string;
  seq: number;
  /** The user on whose budget of deliveries the pushes count. */
  userId: string;
  /** An edit and the users whom it newly mentions. With it, only they get a push. */
  edit?: { rev: number; mentions: string[]; everyone: boolean };
  /** Without it, the first page; the function then enqueues the others. */
  page?: PushPage;
  /** Only these devices, which Firebase could not serve before, and the number of the retry. */
  retry?: { devices: { userId: string; sessionId: string }[]; attempt: number };
  /** The id of the request or frame that caused it. */
  correlationId?: string | undefined;
}

/** Puts an event into the queue. Throws what `enqueue` throws. */
export const enqueuePush = (queueUrl: string, event: PushEvent, delaySeconds: number, deadline?: number) =>
  enqueue(queueUrl, event, { delaySeconds, ...(deadline !== undefined && { deadline }) });

/** Enqueues a stored message, to be pushed to those who have not read it by then. Never throws. */
export async function pushMessage(message: Message): Promise<void> {
  const { chatId, seq, userId } = message;
  if (message.type !== 'system' || concernsSomebody(message)) await request({ chatId, seq, userId });
}

/** The system messages that are pushed: somebody was added, removed, or made an admin or the owner. */
function concernsSomebody({ metadata: { event, role } = {} }: Message): boolean {
  return event === 'added' || event === 'removed' || (event === 'role_changed' && role !== 'member');
}

/** Enqueues an edited message, to be pushed to those whom it newly mentions. Never throws. */
export async function pushEdit(event: PushEvent & Required<Pick<PushEvent, 'edit'>>): Promise<void> {
  const { mentions, everyone } = event.edit;
  if (mentions.length > 0 || everyone) await request(event);
}

let saidThatOff = false;

/** A retried send enqueues the message again, which is harmless: nothing is pushed twice. */
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
