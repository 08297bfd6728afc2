import { getMessage } from '#shared/data/chats/messages.ts';
import { changedFrame } from '#shared/delivery/changes.ts';
import type { Delivery } from '#shared/delivery/invoke.ts';
import { toMessages } from './messages.ts';

/** The frame of a delivery to a large room: the message as it is now. */
export async function readDeliveredFrame({ chatId, seq, rev }: Delivery): Promise<object> {
  const stored = await getMessage(chatId, seq);
  const [message] = await toMessages(stored ? [stored] : []);
  if (!message) throw new Error('The message to deliver is not there.');
  return rev === undefined ? message : changedFrame(message, rev);
}
