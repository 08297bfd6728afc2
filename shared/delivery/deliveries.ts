import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { deliveries } from '#shared/contract/chats/limits.ts';
import { addUse, getUse } from '#shared/data/limits.ts';

/** A user's budget of posts in an hour. The assistant has a budget of its own. */

const what = 'deliveries';

/** For how many seconds the user's budget is used up; 0 if it is not. */
export async function secondsOverBudget(userId: string): Promise<number> {
  const { used, windowEnd } = await getUse(what, userId);
  return used < deliveries.allow ? 0 : Math.ceil((windowEnd - Date.now()) / 1000);
}

export const isOverBudget = async (userId: string): Promise<boolean> => (await secondsOverBudget(userId)) > 0;

/** Counts deliveries on behalf of a user. Never throws. */
export async function countDeliveries(userId: string, count: number): Promise<void> {
  if (userId !== assistantId) await addUse(what, userId, count, deliveries.within);
}
