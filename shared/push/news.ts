import type { StoredMessage } from '#shared/data/chats/messages.ts';
import type { PushMark } from '#shared/data/connections/push-marks.ts';
import type { PushEvent } from '#shared/delivery/push.ts';
import type { Device } from './devices.ts';
import type { DueMessages } from './due-messages.ts';
import type { Recipient } from './recipients.ts';

/** How far apart the clocks of two workers may be, milliseconds. */
const clockToleranceMs = 1000;

/** A device that Firebase could not serve waits as long as Firebase asks. */
export const isWaiting = ({ sessionId }: Device, { behind = {} }: PushMark): boolean =>
  (behind[sessionId]?.notBefore ?? 0) > Date.now() + clockToleranceMs;

/** The messages that have not been pushed to a device. */
export function newsFor(
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
