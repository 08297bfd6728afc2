import { type ChatWithParticipants, getChats } from '#shared/data/chats/chats.ts';
import { abandonPush, beginPush, endPush, type PushWork } from '#shared/data/connections/push-marks.ts';
import { enqueuePush, type PushEvent } from '#shared/delivery/push.ts';
import { log } from '#shared/platform/log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { settings } from '#shared/platform/settings.ts';
import { type Late, pushPage } from './page.ts';
import { type PagedEvent, pagesOf } from './pages.ts';
import { readServiceAccount, type ServiceAccount } from './service-account.ts';

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
  const { mark, lock } = begun;
  try {
    const { next, late } = await pushPage(event, { account, chat, mark });
    if (late.length > 0) await tryLater(event, late);
    if (!(await endPush(chatId, page, { mark: next, lock }))) log.warn('push took too long', { chatId });
  } catch (error) {
    await abandonPush(chatId, page, lock).catch(() => {});
    throw error;
  }
}

function workOf({ seq, edit, retry }: PushEvent): PushWork {
  if (retry) return 'retry';
  return edit ? { edit: edit.rev } : { seq };
}

const again = (event: PushEvent, seconds: number): Promise<void> =>
  enqueuePush(settings.pushQueue() as string, event, seconds);

/**
 * Enqueues a retry for devices that Firebase could not serve, or gives them up after `maxAttempts`. Never throws, because the
 * others have got their push: those that are left get theirs with the next message.
 */
async function tryLater({ retry, edit: _, ...event }: PagedEvent, late: Late[]): Promise<void> {
  const attempt = (retry?.attempt ?? 0) + 1;
  const giveUp = (error?: unknown) => {
    countMetric('PushesLost', late.length);
    log.error('push given up', { chatId: event.chatId, devices: late.length, cause: late[0]?.cause, error });
  };
  if (attempt >= maxAttempts) return giveUp();
  const wait = Math.max(firstWait * 2 ** (attempt - 1), ...late.map(({ retryAfter }) => retryAfter));
  const devices = late.map(({ userId, sessionId }) => ({ userId, sessionId }));
  await again({ ...event, retry: { devices, attempt } }, wait).catch(giveUp);
}
