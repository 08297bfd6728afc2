import { getAuthor } from '#shared/data/chats/authors.ts';
import { deliveryBudget } from '#shared/delivery/deliveries.ts';
import { cacheName, nameOf } from '#shared/people/display-names.ts';
import { isDirectId } from '../direct-id.ts';

/**
 * The author of the next message: the current name, which every frame made by this function then shows, the use of the
 * delivery budget, the marker of the message that was sent with this `clientId`, and the rules for writing in the chat.
 */
export async function readAuthor(userId: string, sent: { chatId?: string; clientId?: string | undefined } = {}) {
  const inGroup = sent.chatId !== undefined && !isDirectId(sent.chatId);
  const { name, ...author } = await getAuthor(userId, { budget: deliveryBudget, ...sent, inGroup });
  if (name !== undefined) cacheName(userId, name);
  return { ...author, userName: await nameOf(userId) };
}
