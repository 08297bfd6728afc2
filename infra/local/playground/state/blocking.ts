import type { ChatStore } from './chat-store.ts';
import type { OpenChat } from './open-chat.ts';

const isDirectWith = ({ chat }: OpenChat, userId: string): boolean =>
  chat.type === 'direct' && chat.participantIds.includes(userId);

/** Blocks somebody. The open chat ends if it is the direct chat with them: no frame tells it. */
export async function block(open: OpenChat, userId: string): Promise<void> {
  await open.blocks.block(userId);
  if (isDirectWith(open, userId)) open.realtime.end('blocked');
}

/** Unblocks somebody. The direct chat with them goes on if it is open. */
export async function unblock(store: ChatStore, userId: string): Promise<void> {
  await store.blocks.unblock(userId);
  if (store.open && isDirectWith(store.open, userId)) store.reopenEnded();
}
