import { findBlocked } from '#shared/data/chats/blocks.ts';
import type { ChatWithParticipants } from '#shared/data/chats/chats.ts';
import type { PushMark } from '#shared/data/connections/push-marks.ts';
import { countDeliveries } from '#shared/delivery/deliveries.ts';
import { listDevices } from './devices.ts';
import { readDueMessages } from './due-messages.ts';
import { isWaiting, newsFor } from './news.ts';
import { markAfter } from './next-mark.ts';
import type { PagedEvent } from './pages.ts';
import { listRecipients, type Recipient } from './recipients.ts';
import { type Addressed, type Outcome, report, sendAll } from './send.ts';
import type { ServiceAccount } from './service-account.ts';

/** A device to be retried. */
export interface Late {
  userId: string;
  sessionId: string;
  retryAfter: number;
  cause: string;
}

/** Pushes what is due to a page. Returns the new mark, and the devices that Firebase could not serve. */
export async function pushPage(
  event: PagedEvent,
  { account, chat, mark }: { account: ServiceAccount; chat: ChatWithParticipants; mark: PushMark },
): Promise<{ next: PushMark; late: Late[] }> {
  const due = await readDueMessages(event, chat, mark);
  const recipients = await listRecipients(event, chat, due);
  const devices = await listDevices(recipients.map(({ userId }) => userId));
  const addressed = devices.flatMap((device) => {
    const recipient = recipients.find(({ userId }) => userId === device.userId) as Recipient;
    const messages = newsFor(device, recipient, { event, mark, due });
    return messages.length > 0 ? [{ device, membership: recipient.membership, messages }] : [];
  });
  const { waiting = [], ready = [] } = Object.groupBy(addressed, ({ device }) =>
    isWaiting(device, mark) ? 'waiting' : 'ready',
  );
  const outcomes = await sendAll(account, await withoutBlocked(ready), { chat, quoted: due.quoted });
  report(outcomes, event);
  const accepted = outcomes.filter(({ result }) => result === 'accepted').length;
  if (accepted > 0) await countDeliveries(event.userId, accepted);
  return { next: markAfter(event, mark, due, { outcomes, waiting }), late: lateOf(outcomes) };
}

/** Leaves out messages between users of whom one has blocked the other. */
async function withoutBlocked(addressed: Addressed[]): Promise<Addressed[]> {
  const pairs = addressed.flatMap((one) =>
    one.messages.map((message) => ({ one, message, userId: one.device.userId, otherId: message.userId })),
  );
  const blocked = new Set(
    [...(await findBlocked(pairs))].map(({ one, message }) => `${one.device.sessionId} ${message.seq}`),
  );
  return addressed
    .map((one) => ({
      ...one,
      messages: one.messages.filter(({ seq }) => !blocked.has(`${one.device.sessionId} ${seq}`)),
    }))
    .filter(({ messages }) => messages.length > 0);
}

const lateOf = (outcomes: Outcome[]): Late[] =>
  outcomes.flatMap(({ result, device, retryAfter = 0, cause = '' }) =>
    result === 'busy' ? [{ userId: device.userId, sessionId: device.sessionId, retryAfter, cause }] : [],
  );
