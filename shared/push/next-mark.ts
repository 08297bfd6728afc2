import type { StoredMessage } from '#shared/data/chats/messages.ts';
import type { PushMark } from '#shared/data/connections/push-marks.ts';
import type { PushEvent } from '#shared/delivery/push.ts';
import type { DueMessages } from './due-messages.ts';
import type { Addressed, Outcome } from './send.ts';

/** How many entries `edits` and `editedBefore` of a mark keep. */
const maxEdits = 20;

/** How long a mark keeps a device that is no longer retried, milliseconds. */
const forgottenMs = 60 * 60_000;

/** The mark after the work. */
export function markAfter(
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
  const isPushed = outcomes.some(({ result }) => result === 'accepted');
  const pushedAt = isPushed ? Date.now() : mark.pushedAt;
  const triedAll = waiting.length === 0 && !retry?.devices.length;
  const unretried = triedAll ? undefined : mark.unretried;
  if (retry) return { ...mark, pushedAt, behind, unretried };
  const missingSeqs = new Set(due.missing);
  missingSeqs.delete(seq);
  return {
    pushedSeq: due.upTo,
    pushedAt,
    missingSeqs,
    edits: edit ? new Set([...(mark.edits ?? []), edit.rev].sort((a, b) => a - b).slice(-maxEdits)) : mark.edits,
    editedBefore: editedBefore(event, mark, due),
    behind,
    unretried,
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
