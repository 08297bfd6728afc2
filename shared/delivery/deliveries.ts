import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { deliveries } from '#shared/contract/chats/limits.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { addUse, getUse, type UseWindow } from '#shared/data/limits.ts';

const what = 'deliveries';

/** What the user's messages have cost in this hour. */
export const getDeliveries = (userId: string): Promise<UseWindow> => getUse(what, userId);

/** Counts a message's connections. The assistant's answers have a budget of their own. Never throws. */
export async function countDeliveries({ userId }: Message, connections: number): Promise<void> {
  if (userId !== assistantId) await addUse(what, userId, connections, deliveries.within);
}
