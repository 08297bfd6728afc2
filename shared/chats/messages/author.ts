import { getAuthor } from '#shared/data/chats/authors.ts';
import { deliveryBudget } from '#shared/delivery/deliveries.ts';
import { cacheName, nameOf } from '#shared/people/display-names.ts';

/**
 * The author of the next message: the current name, which every frame made by this function then shows, the use of the
 * delivery budget, and the marker of the message that was sent with this `clientId`.
 */
export async function readAuthor(userId: string, sent: { chatId?: string; clientId?: string | undefined } = {}) {
  const { name, ...author } = await getAuthor(userId, { budget: deliveryBudget, ...sent });
  if (name !== undefined) cacheName(userId, name);
  return { ...author, userName: await nameOf(userId) };
}
