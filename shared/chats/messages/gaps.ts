import type { StoredMessage } from '#shared/data/chats/messages.ts';

/**
 * How long a gap in the numbers may still be filled, milliseconds. A number is taken before its message is stored, by a
 * function that Lambda ends after 28 s; the clocks of two functions may differ a little.
 */
export const gapGraceMs = 60_000;

/** The number up to which nothing is missing and nothing more will come, given the messages after `after` in order. */
export function settledUpTo(after: number, messages: StoredMessage[], now = Date.now()): number {
  let settled = after;
  for (const { seq, createdAt } of messages) {
    // The number behind a gap was taken later than the gap's own: if that was long ago, nothing will fill the gap.
    if (seq !== settled + 1 && now - Date.parse(createdAt) < gapGraceMs) return settled;
    settled = seq;
  }
  return settled;
}
