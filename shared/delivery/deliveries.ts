import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { deliveries } from '#shared/contract/chats/limits.ts';
import { operatorId } from '#shared/contract/chats/operator-id.ts';
import { addUse, getUse, type UseWindow } from '#shared/data/limits.ts';

/** A user's budget of posts in an hour. The assistant has a budget of its own, and the operator needs none. */

export const deliveryBudget = 'deliveries';

/** For how many seconds the budget is used up; 0 if it is not. */
export const secondsOver = ({ used, windowEnd }: UseWindow): number =>
  used < deliveries.allow ? 0 : Math.ceil((windowEnd - Date.now()) / 1000);

export const isOverBudget = async (userId: string): Promise<boolean> =>
  secondsOver(await getUse(deliveryBudget, userId)) > 0;

/** Counts deliveries on behalf of a user. Never throws. */
export async function countDeliveries(userId: string, count: number): Promise<void> {
  if (userId !== assistantId && userId !== operatorId) await addUse(deliveryBudget, userId, count, deliveries.within);
}
