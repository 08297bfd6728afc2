import { findBlocked } from '#shared/data/chats/blocks.ts';
import type { ChatWithParticipants } from '#shared/data/chats/chats.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import type { PushMark } from '#shared/data/connections/push-marks.ts';
import { countDeliveries } from '#shared/delivery/deliveries.ts';
import type { PushEvent, PushPage } from '#shared/delivery/push.ts';
import { type Device, listDevices } from './devices.ts';
import { type DueMessages, readDueMessages } from './due-messages.ts';
import { listRecipients, type Recipient } from './recipients.ts';
import { type Addressed, type Outcome, sendAll } from './send.ts';

/** A device to be retried. */
export interface Late {
  userId: string;
  sessionId: string;
  retryAfter: number;
  cause: string;
}

/** How many entries `edits` and `editedBefore` of a mark keep. */
const maxEdits = 20;

/** How far apart the clocks of two workers may be, milliseconds. */
const clockToleranceMs = 1000;

/** How long a mark keeps a device that is no longer retried, milliseconds. */
const forgottenMs = 60 * 60_000;

/** Pushes what is due to a page. Returns the new mark, and the devices that Firebase could not serve. */
export async function pushPage(
  event: PushEvent & { page: PushPage },
  chat: ChatWithParticipants,
  mark: PushMark,
): Promise<{ next: PushMark; late: Late[] }> {
  const due = await readDueMessages(event, chat, mark);
  const recipients = await listRecipients(event, chat, { page: event.page, due });
  const devices = await listDevices(recipients.map(({ userId }) => userId));
  const addressed = devices.flatMap((device) => {
    const recipient = recipients.find(({ userId }) => userId === device.userId) as Recipient;
    const messages = newsFor(device, recipient, { event, mark, due });
    return messages.length > 0 ? [{ device, membership: recipient.membership, messages }] : [];
  });
  const { waiting = [], ready = [] } = Object.groupBy(addressed, ({ device }) =>
    isWaiting(device, mark) ? 'waiting' : 'ready',
  );
  const outcomes = await sendAll(await withoutBlocked(ready), chat, due.quoted);
  const accepted = outcomes.filter(({ result }) => result === 'accepted').length;
  if (accepted > 0) await countDeliveries(event.userId, accepted);
  return { next: markAfter(event, mark, due, { outcomes, waiting }), late: lateOf(outcomes) };
}

/** A device that Firebase could not serve waits as long as Firebase asks. */
const isWaiting = ({ sessionId }: Device, { behind = {} }: PushMark): boolean =>
  (behind[sessionId]?.notBefore ?? 0) > Date.now() + clockToleranceMs;

/** The messages that have not been pushed to a device. */
function newsFor(
  { sessionId }: Device,
  recipient: Recipient,
  { event, mark, due }: { event: PushEvent; mark: PushMark; due: DueMessages },
): StoredMessage[] {
  const behind = mark.behind?.[sessionId];
  if (event.retry && !behind) return [];
  // A late message is pushed together with all after it, so that an older text never replaces a newer one.
  const lateFrom = comesLate(event, recipient, mark) ? event.seq : Number.POSITIVE_INFINITY;
  const since = behind?.since ?? due.since;
  return recipient.messages.filter(({ seq }) => seq > since || seq >= lateFrom);
}

/** Whether to push a message although later ones were pushed: it was stored late, or now mentions the user. */
function comesLate(
  { seq, edit, retry }: PushEvent,
  { userId, messages }: Recipient,
  { missingSeqs, editedBefore = {} }: PushMark,
): boolean {
  const message = messages.find((candidate) => candidate.seq === seq);
  if (!message || retry) return false;
  // Also an edit of it that comes before its own event, which is then done.
  if (missingSeqs?.has(seq)) return true;
  if (!edit) return false;
  if (edit.rev <= (editedBefore[seq] ?? 0)) return false;
  const isMentioned = edit.mentions.includes(userId) && message.mentions?.includes(userId) === true;
  return isMentioned || (edit.everyone && message.everyone === true);
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

function markAfter(
  event: PushEvent,
  mark: PushMark,
  due: DueMessages,
  { outcomes, waiting }: { outcomes: Outcome[]; waiting: Addressed[] },
): PushMark {
  const { seq, edit, retry } = event;
  const behind = Object.fromEntries(
    Object.entries(mark.behind ?? {}).filter(([, { notBefore }]) => notBefore > Date.now() - forgottenMs),
  );
  const sinceOf = ({ device, messages }: Addressed) =>
    Math.min(
      mark.behind?.[device.sessionId]?.since ?? Number.POSITIVE_INFINITY,
      (messages[0] as StoredMessage).seq - 1,
    );
  for (const one of outcomes) {
    const notBefore = Date.now() + (one.retryAfter ?? 0) * 1000;
    delete behind[one.device.sessionId];
    if (one.result === 'busy') behind[one.device.sessionId] = { since: sinceOf(one), notBefore };
  }
  for (const one of waiting) {
    const own = behind[one.device.sessionId];
    if (own) own.since = sinceOf(one);
  }
  if (retry) return { ...mark, behind };
  const isPushed = outcomes.some(({ result }) => result === 'accepted');
  const missingSeqs = new Set(due.missing);
  missingSeqs.delete(seq);
  return {
    pushedSeq: due.upTo,
    pushedAt: isPushed ? Date.now() : mark.pushedAt,
    missingSeqs,
    edits: edit ? new Set([...(mark.edits ?? []), edit.rev].slice(-maxEdits)) : mark.edits,
    editedBefore: editedBefore(event, mark, due),
    behind,
  };
}

/** The mark's `editedBefore`, with the edits of messages that are now pushed for the first time. */
function editedBefore(
  { seq: own }: PushEvent,
  mark: PushMark,
  { messages, since }: DueMessages,
): PushMark['editedBefore'] {
  const first = messages.filter(({ seq }) => seq > since || (seq === own && mark.missingSeqs?.has(seq)));
  const all = { ...mark.editedBefore };
  for (const { seq, editRev } of first) if (editRev !== undefined) all[seq] = editRev;
  // An object keeps integer keys in ascending order, so the highest numbers stay.
  return Object.fromEntries(Object.entries(all).slice(-maxEdits));
}

const lateOf = (outcomes: Outcome[]): Late[] =>
  outcomes.flatMap(({ result, device, retryAfter = 0, cause = '' }) =>
    result === 'busy' ? [{ userId: device.userId, sessionId: device.sessionId, retryAfter, cause }] : [],
  );
