import * as z from 'zod/mini';
import { maxDelaySeconds } from '#shared/platform/aws/queue.ts';
import { maybe } from '#shared/platform/maybe.ts';
import { settings } from '#shared/platform/settings.ts';
import type { Device } from './devices.ts';
import { accessToken, forgetAccessToken } from './google-token.ts';
import type { Notification } from './notification.ts';
import type { ServiceAccount } from './service-account.ts';

/** How Firebase answered a push to one device. */
export type SendResult =
  | { result: 'accepted' }
  /** The app is not on the device any more. */
  | { result: 'gone'; cause: string }
  /** `isOurFault` if the operator has to do something: nobody gets a push until then. */
  | { result: 'refused'; cause: string; isOurFault: boolean }
  /** Retry after `retryAfter` seconds, at most the queue's longest delay. */
  | { result: 'busy'; cause: string; retryAfter: number };

/** For one request, milliseconds. */
const timeoutMs = 5000;
/** Firebase asks for at least these where an answer has no Retry-After. Seconds. */
const waits = { quota: 60, other: 10 };

const errorBody = z.object({
  error: z.object({
    status: maybe(z.string()),
    message: maybe(z.string()),
    details: maybe(
      z.array(
        z.object({
          errorCode: maybe(z.string()),
          fieldViolations: maybe(z.array(z.object({ field: maybe(z.string()) }))),
        }),
      ),
    ),
  }),
});

/** Sends a notification to one device, once. Never throws. `deadline` is in milliseconds since the epoch. */
export async function sendToDevice(
  account: ServiceAccount,
  device: Device,
  notification: Notification,
  deadline: number,
): Promise<SendResult> {
  const left = Math.min(timeoutMs, deadline - Date.now());
  if (left <= 0) return { result: 'busy', cause: 'OutOfTime', retryAfter: waits.other };
  try {
    const token = accessToken(account);
    const first = resultOf(await request(account, await token, { device, notification, left }));
    if (first.result !== 'refused' || first.cause !== 'UNAUTHENTICATED') return first;
    // Google may have revoked the token.
    forgetAccessToken(account, token);
    return resultOf(await request(account, await accessToken(account), { device, notification, left }));
  } catch (error) {
    const { name, code, cause } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
    return { result: 'busy', cause: code ?? cause?.code ?? name, retryAfter: waits.other };
  }
}

interface Answer {
  status: number;
  retryAfter: string | null;
  body: unknown;
}

async function request(
  account: ServiceAccount,
  token: string,
  { device, notification, left }: { device: Device; notification: Notification; left: number },
): Promise<Answer> {
  const response = await fetch(`${settings.fcmUrl()}/v1/projects/${account.project_id}/messages:send`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ message: messageFor(device, notification) }),
    signal: AbortSignal.timeout(left),
  });
  const body = await response.json().catch(() => undefined);
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body };
}

/** Firebase's message: the common part, and that of the device's platform. */
function messageFor({ token, platform }: Device, { title, body, data }: Notification): object {
  // The notification of a chat replaces the one before. No "collapsible" messages: Firebase limits those per device.
  const tag = data.chatId;
  const platforms = {
    android: { android: { priority: 'HIGH', notification: { tag, channel_id: 'messages' } } },
    ios: {
      apns: {
        headers: { 'apns-collapse-id': tag, 'apns-priority': '10', 'apns-push-type': 'alert' },
        payload: { aps: { 'thread-id': tag, 'mutable-content': 1, sound: 'default' } },
      },
    },
    web: { webpush: { headers: { Urgency: 'high' }, notification: { tag, renotify: true } } },
  };
  return { token, notification: { title, ...(body && { body }) }, data, ...platforms[platform] };
}

/** The words in which Firebase refuses a text that never was a token; it names no field then. */
const noToken = 'The registration token is not a valid FCM registration token';

function resultOf({ status, retryAfter, body }: Answer): SendResult {
  if (status < 300) return { result: 'accepted' };
  const { error } = z.safeParse(errorBody, body).data ?? {};
  const details = error?.details ?? [];
  const cause = details.find(({ errorCode }) => errorCode)?.errorCode ?? error?.status ?? String(status);
  const namesToken = details.some(({ fieldViolations = [] }) =>
    fieldViolations.some(({ field }) => field === 'message.token'),
  );
  const isNoToken = status === 400 && (namesToken || error?.message === noToken);
  if (cause === 'UNREGISTERED' || isNoToken) return { result: 'gone', cause };
  if (status !== 429 && status < 500)
    return { result: 'refused', cause, isOurFault: status !== 400 && cause !== 'SENDER_ID_MISMATCH' };
  const wait = Number(retryAfter) || (status === 429 ? waits.quota : waits.other);
  return { result: 'busy', cause, retryAfter: Math.min(Math.ceil(wait), maxDelaySeconds) };
}
