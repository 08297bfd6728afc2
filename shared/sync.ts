import { syncPage } from './contract/websocket.ts';
import { listMessages, type StoredMessage } from './data/messages.ts';
import { reply } from './delivery/deliver.ts';
import { toMessages } from './messages.ts';

/**
 * A number is given out before its message is stored: a hole may still be filled, for as long as a function runs at
 * most (28 s), and the clocks of two may differ a little. Milliseconds.
 */
const settling = 60_000;

/** What one connection is given for its frames: API Gateway's patience is 29 s. Milliseconds. */
const patience = 20_000;

/** Posts what came after a number to one connection, in order, one after the other; and then how far that went. */
export async function sync(connectionId: string, chatId: string, after: number): Promise<void> {
  const deadline = Date.now() + patience;
  const stored = await listMessages(chatId, { after, limit: syncPage });
  const frames = await toMessages(stored);
  let posted = 0;
  for (const frame of frames) {
    if (Date.now() >= deadline || !(await reply(connectionId, frame))) break;
    posted++;
  }
  const seq = settledUpTo(after, stored.slice(0, posted));
  // Before a hole that may still be filled there is nothing to go on from: the client asks again a little later.
  const more = (posted < frames.length || frames.length === syncPage) && seq === (stored[posted - 1]?.seq ?? after);
  await reply(connectionId, { type: 'synced', seq, ...(more && { more }) });
}

/** The last number up to which every message is there that ever will be; of messages in order that follow `after`. */
export function settledUpTo(after: number, messages: StoredMessage[], now = Date.now()): number {
  let settled = after;
  for (const { seq, createdAt } of messages) {
    // Who is behind a hole got a number later: when that was long ago, so was the hole's.
    if (seq !== settled + 1 && now - Date.parse(createdAt) < settling) return settled;
    settled = seq;
  }
  return settled;
}
