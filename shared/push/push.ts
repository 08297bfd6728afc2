import { type ChatWithParticipants, getChats } from '#shared/data/chats/chats.ts';
import { abandonPush, beginPush, endPush, type PushWork } from '#shared/data/connections/push-marks.ts';
import { enqueuePush, type PushEvent, type PushPage } from '#shared/delivery/push.ts';
import { inBatches } from '#shared/platform/lists.ts';
import { log } from '#shared/platform/log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { settings } from '#shared/platform/settings.ts';
import { type Late, pushPage } from './page.ts';

/** Participants whose memberships are read at once. */
const pageSize = 250;

/** Attempts for a device that Firebase can't serve, including the first: they take about ten minutes. */
const maxAttempts = 7;
/** The wait after the first attempt; doubles with each further one. Firebase may ask for more. Seconds. */
const firstWait = 10;

/**
 * Handles an event of the queue: pushes to one page of the chat's participants what they have not read. Events may come
 * twice, late and in any order. Throws if that fails; the event is then received again.
 */
export async function push(event: PushEvent): Promise<void> {
  const { chatId } = event;
  const [chat] = await getChats([chatId]);
  if (!chat) return;
  const page = event.page ?? (await startPages(event, chat));
  const begun = await beginPush(chatId, page.number, workOf(event));
  if (begun === 'done') return;
  if ('waitMs' in begun) return again({ ...event, page }, Math.ceil(begun.waitMs / 1000));
  const { mark, lock } = begun;
  try {
    const { next, late } = await pushPage({ ...event, page }, chat, mark);
    if (late.length > 0) await tryLater({ ...event, page }, late);
    if (!(await endPush(chatId, page.number, { mark: next, lock }))) log.warn('push took too long', { chatId });
  } catch (error) {
    await abandonPush(chatId, page.number, lock).catch(() => {});
    throw error;
  }
}

function workOf({ seq, edit, retry }: PushEvent): PushWork {
  if (retry) return 'retry';
  return edit ? { edit: edit.rev } : { seq };
}

/** Enqueues the pages of a chat after the first one, and returns the first. */
async function startPages(event: PushEvent, { participantIds }: ChatWithParticipants): Promise<PushPage> {
  const batches = inBatches(participantIds, pageSize);
  const pages = batches.map((ids, number) => ({
    number,
    from: number === 0 ? '' : (ids[0] as string),
    to: batches[number + 1]?.[0],
  }));
  const [first = { number: 0, from: '' }, ...others] = pages;
  await Promise.all(others.map((page) => again({ ...event, page }, 0)));
  return first;
}

const again = (event: PushEvent, seconds: number): Promise<void> =>
  enqueuePush(settings.pushQueue() as string, event, seconds);

/** Enqueues a retry for devices that Firebase could not serve. Gives up after `maxAttempts`. */
async function tryLater({ retry, edit: _, ...event }: PushEvent & { page: PushPage }, late: Late[]): Promise<void> {
  const attempt = (retry?.attempt ?? 0) + 1;
  if (attempt >= maxAttempts) {
    countMetric('PushesLost', late.length);
    log.error('push given up', { chatId: event.chatId, devices: late.length, cause: late[0]?.cause });
    return;
  }
  const wait = Math.max(firstWait * 2 ** (attempt - 1), ...late.map(({ retryAfter }) => retryAfter));
  const devices = late.map(({ userId, sessionId }) => ({ userId, sessionId }));
  await again({ ...event, retry: { devices, attempt } }, wait);
}
