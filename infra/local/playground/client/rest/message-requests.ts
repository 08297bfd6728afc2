import type { Endpoint, ResponseOf } from '#shared/contract/endpoint.ts';
import type { addReaction } from '#shared/contract/messages/add-reaction.ts';
import type { deleteMessage } from '#shared/contract/messages/delete-message.ts';
import type { editMessage } from '#shared/contract/messages/edit-message.ts';
import type { listReactions } from '#shared/contract/messages/list-reactions.ts';
import type { removeReaction } from '#shared/contract/messages/remove-reaction.ts';

/** Sends a request of the signed-in user. */
type Call = <E extends Endpoint>(path: string, body?: object, method?: string) => Promise<ResponseOf<E>>;

/** The requests about one message of a chat. */
export function messageRequests(call: Call) {
  const pathOf = (chatId: string, messageId: string) => `/chats/${chatId}/messages/${messageId}`;
  const reactionPath = (chatId: string, messageId: string, emoji: string) =>
    `${pathOf(chatId, messageId)}/reactions/${encodeURIComponent(emoji)}`;
  return {
    edit: (chatId: string, messageId: string, content: string) =>
      call<typeof editMessage>(pathOf(chatId, messageId), { content }, 'PATCH'),
    delete: (chatId: string, messageId: string) => call<typeof deleteMessage>(pathOf(chatId, messageId), {}, 'DELETE'),
    react: (chatId: string, messageId: string, emoji: string) =>
      call<typeof addReaction>(reactionPath(chatId, messageId, emoji), undefined, 'PUT'),
    unreact: (chatId: string, messageId: string, emoji: string) =>
      call<typeof removeReaction>(reactionPath(chatId, messageId, emoji), undefined, 'DELETE'),
    listReactions: (chatId: string, messageId: string) =>
      call<typeof listReactions>(`${pathOf(chatId, messageId)}/reactions`),
  };
}
