import type { Message } from '#shared/contract/chats/message.ts';
import { countUse } from '#shared/data/limits.ts';
import { enqueue } from '#shared/platform/aws/queue.ts';
import { correlationId } from '#shared/platform/invocation-log.ts';
import { log } from '#shared/platform/log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { settings } from '#shared/platform/settings.ts';
import { senderTimeoutMs } from './broadcast.ts';

/** How long people have to read a message before it is pushed, seconds. */
export const pushDelay = 8;

/** An event of the queue: the message to push. The function `push` reads everything else, on every attempt. */
export interface PushEvent {
  chatId: string;
  seq: number;
  /** The user on whose budget of deliveries the pushes count. */
  userId: string;
  /** An edit and the users whom it newly mentions. With it, only they get a push. */
  edit?: { rev: number; mentions: string[]; everyone: boolean };
  /** A page of the chat's participants; undefined until the function has looked how many there are. */
  page?: number;
  /** Only these devices, which Firebase could not serve before, or all such devices if none is named; and the number of the retry. */
  retry?: { devices: { userId: string; sessionId: string }[]; attempt: number };
  /** The id of the request or frame that caused it. */
  correlationId?: string | undefined;
}

/** Puts an event into the queue. Throws what `enqueue` throws. */
export const enqueuePush = (queueUrl: string, event: PushEvent, delaySeconds: number, deadline?: number) =>
  enqueue(queueUrl, event, { delaySeconds, ...(deadline !== undefined && { deadline }) });

/** What decides about a message. */
type Told = Pick<Message, 'chatId' | 'seq' | 'userId' | 'type' | 'metadata'>;

/** Enqueues a stored message, to be pushed to those who have not read it by then. Never throws. */
export async function pushMessage(message: Told): Promise<void> {
  const { chatId, seq, userId } = message;
  if (message.type !== 'system' || concernsSomebody(message)) await request({ chatId, seq, userId });
}

/** The system messages that are pushed: announcements, and who was put into a group, added, removed, or given a higher role. */
function concernsSomebody({ metadata: { event, role } = {} }: Told): boolean {
  return (
    ['created', 'added', 'removed', 'announced'].includes(event ?? '') ||
    (event === 'role_changed' && role !== 'member')
  );
}

/** How many edits of a chat are pushed. Each waits for the ten seconds between two pushes, which takes work again and again. */
const editsPushed = { allow: 5, within: 60 };

/** Enqueues an edited message, to be pushed to those whom it newly mentions. Never throws. */
export async function pushEdit(event: PushEvent & Required<Pick<PushEvent, 'edit'>>): Promise<void> {
  const { mentions, everyone } = event.edit;
  if (mentions.length === 0 && !everyone) return;
  const usedUp = await countUse('pushed edits', event.chatId, editsPushed).catch(() => undefined);
  if (!usedUp) await request(event);
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
