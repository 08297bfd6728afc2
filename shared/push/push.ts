import { type ChatWithParticipants, getChats } from '#shared/data/chats/chats.ts';
import { abandonPush, beginPush, endPush, type PushWork } from '#shared/data/connections/push-marks.ts';
import { enqueuePush, type PushEvent } from '#shared/delivery/push.ts';
import { log } from '#shared/platform/log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { settings } from '#shared/platform/settings.ts';
import { type Late, pushPage } from './page.ts';
import { type PagedEvent, pagesOf } from './pages.ts';
import { readServiceAccount, type ServiceAccount } from './service-account.ts';

type Retry = NonNullable<PushEvent['retry']>;

/** Attempts for a device that Firebase can't serve, including the first: they take about ten minutes. */
const maxAttempts = 7;
/** The wait after the first attempt; doubles with each further one. Firebase may ask for more. Seconds. */
const firstWait = 10;

/**
 * Handles an event of the queue: pushes to one page of the chat's participants what they have not read. Events may come
 * twice, late and in any order. Throws if that fails; the event is then received again.
 */
export async function push(event: PushEvent): Promise<void> {
  const account = await readServiceAccount();
  if (!account) return countMetric('PushesLost');
  const [chat] = await getChats([event.chatId]);
  if (!chat) return;
  if (event.page !== undefined) return pushToPage({ ...event, page: event.page }, chat, account);
  const [first = 0, ...others] = pagesOf(chat.participantIds.length);
  await Promise.all(others.map((page) => again({ ...event, page }, 0)));
  await pushToPage({ ...event, page: first }, chat, account);
}

async function pushToPage(event: PagedEvent, chat: ChatWithParticipants, account: ServiceAccount): Promise<void> {
  const { chatId, page } = event;
  const begun = await beginPush(chatId, page, workOf(event));
  if (begun === 'done') return;
  if ('waitMs' in begun) return again(event, Math.ceil(begun.waitMs / 1000));
  if ('retryMs' in begun) return again(retryOf(event, [], 1), Math.ceil(begun.retryMs / 1000));
  const { mark, lock, isInterrupted } = begun;
  const work = isInterrupted ? wholeOf(event) : event;
  const { next, late } = await pushPage(work, { account, chat, mark }).catch(async (error) => {
    await abandonPush(chatId, page, lock).catch(() => {});
    throw error;
  });
  const failure = await tryLater(event, late);
  // Stored first, so that nobody who has got a push gets it again.
  const stored = await endPush(chatId, page, lock, failure ? { ...next, unretried: true } : next);
  if (!stored) log.warn('push took too long', { chatId });
  if (failure) throw failure;
}

function workOf({ seq, edit, retry }: PushEvent): PushWork {
  if (retry) return 'retry';
  return edit ? { edit: edit.rev } : { seq };
}

/** A retry after a worker that died pushes everything, because older texts must not replace what that worker has pushed. */
const wholeOf = ({ retry: _, ...event }: PagedEvent): PagedEvent => event;

const again = (event: PushEvent, seconds: number): Promise<void> =>
  enqueuePush(settings.pushQueue() as string, event, seconds);

/** Enqueues a retry for devices that Firebase could not serve, or gives them up after `maxAttempts`. Returns why it could not. */
async function tryLater(event: PagedEvent, late: Late[]): Promise<Error | undefined> {
  if (late.length === 0) return undefined;
  const attempt = (event.retry?.attempt ?? 0) + 1;
  if (attempt >= maxAttempts) {
    countMetric('PushesLost', late.length);
    log.error('push given up', { chatId: event.chatId, devices: late.length, cause: late[0]?.cause });
    return undefined;
  }
  const wait = Math.max(firstWait * 2 ** (attempt - 1), ...late.map(({ retryAfter }) => retryAfter));
  const devices = late.map(({ userId, sessionId }) => ({ userId, sessionId }));
  return again(retryOf(event, devices, attempt), wait).then(
    () => undefined,
    (error: Error) => error,
  );
}

const retryOf = ({ edit: _, ...event }: PagedEvent, devices: Retry['devices'], attempt: number): PagedEvent => ({
  ...event,
  retry: { devices, attempt },
});
