import { removeToken } from '#shared/data/accounts/push-devices.ts';
import type { Chat } from '#shared/data/chats/chats.ts';
import type { Membership } from '#shared/data/chats/memberships.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import type { PushEvent } from '#shared/delivery/push.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { log } from '#shared/platform/log.ts';
import { countBy, countMetric, measureSeconds } from '#shared/platform/metrics.ts';
import type { Device } from './devices.ts';
import { type SendResult, sendToDevice } from './fcm.ts';
import { notificationOf } from './notification.ts';
import type { ServiceAccount } from './service-account.ts';

/** A device and the messages that its notification is about, newest last. */
export interface Addressed {
  device: Device;
  membership: Membership | undefined;
  messages: StoredMessage[];
}

export interface Outcome extends Addressed {
  result: SendResult['result'];
  cause?: string;
  retryAfter?: number;
  isOurFault?: boolean;
}

/** Requests to Firebase at the same time, for each of the ten events of a batch: a new connection takes 2 ms of a core. */
const concurrency = 10;
/** For all requests, so that the mark can still be written before the function times out. Milliseconds. */
const timeoutMs = 18_000;

/** Sends each device its notification. A slow or failing device does not hold up the others. */
export async function sendAll(
  account: ServiceAccount,
  addressed: Addressed[],
  { chat, quoted }: { chat: Chat; quoted: Map<number, StoredMessage> },
): Promise<Outcome[]> {
  // All before the first is sent: if this fails, the event is retried, and nobody has got a push yet.
  const all = await mapConcurrently(addressed, concurrency, async (one) => {
    return { one, notification: await notificationOf(one.messages, { ...one, chat, quoted }) };
  });
  const deadline = Date.now() + timeoutMs;
  const outcomes = await mapConcurrently(all, concurrency, async ({ one, notification }): Promise<Outcome> => {
    return { ...one, ...(await sendToDevice(account, one.device, notification, deadline)) };
  });
  await Promise.all(outcomes.filter(({ result }) => result === 'gone').map(({ device }) => forget(device)));
  return outcomes;
}

const forget = (device: Device): Promise<void> =>
  removeToken(device, device.token).catch((error) => log.warn('device not removed', { error }));

/** Counts what became of an event. The age of an edited message says nothing about how long its push took. */
export function report(outcomes: Outcome[], { chatId, edit }: PushEvent): void {
  const accepted = outcomes.filter(({ result }) => result === 'accepted');
  countMetric('Pushes', accepted.length);
  for (const { messages } of edit ? [] : accepted)
    measureSeconds('PushSeconds', (Date.now() - Date.parse(messages.at(-1)?.createdAt ?? '')) / 1000);
  const refused = outcomes.filter(({ result }) => result === 'refused' || result === 'gone');
  for (const [cause, { length }] of Map.groupBy(refused, (outcome) => outcome.cause ?? '')) {
    log.warn('push refused', { chatId, devices: length, ...countBy({ cause }, 'PushesRefused', length) });
    countMetric('PushesRefused', length);
  }
  countMetric('PushesLost', refused.filter(({ isOurFault }) => isOurFault).length);
}
