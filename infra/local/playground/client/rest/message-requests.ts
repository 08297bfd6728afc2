import type { Draft } from '#shared/contract/chats/draft.ts';
import type { addReaction } from '#shared/contract/messages/add-reaction.ts';
import type { deleteMessage } from '#shared/contract/messages/delete-message.ts';
import type { editMessage } from '#shared/contract/messages/edit-message.ts';
import type { getMessage } from '#shared/contract/messages/get-message.ts';
import type { listPins } from '#shared/contract/messages/list-pins.ts';
import type { listReactions } from '#shared/contract/messages/list-reactions.ts';
import type { pinMessage } from '#shared/contract/messages/pin-message.ts';
import type { removeReaction } from '#shared/contract/messages/remove-reaction.ts';
import type { unpinMessage } from '#shared/contract/messages/unpin-message.ts';
import type { Call } from './call.ts';

/** The requests about one message of a chat. */
export function messageRequests(call: Call) {
  const pathOf = (chatId: string, messageId: string) => `/chats/${chatId}/messages/${messageId}`;
  const reactionPath = (chatId: string, messageId: string, emoji: string) =>
    `${pathOf(chatId, messageId)}/reactions/${encodeURIComponent(emoji)}`;
  const pinPath = (chatId: string, messageId: string) => `/chats/${chatId}/pins/${messageId}`;
  return {
    /** What `edited` leaves out of the mentions stays as it is. */
    edit: (chatId: string, messageId: string, edited: Omit<Draft, 'clientId' | 'replyToId'>) =>
      call<typeof editMessage>(pathOf(chatId, messageId), edited, 'PATCH'),
    get: (chatId: string, messageId: string) => call<typeof getMessage>(pathOf(chatId, messageId)),
    delete: (chatId: string, messageId: string) => call<typeof deleteMessage>(pathOf(chatId, messageId), {}, 'DELETE'),
    react: (chatId: string, messageId: string, emoji: string) =>
      call<typeof addReaction>(reactionPath(chatId, messageId, emoji), undefined, 'PUT'),
    unreact: (chatId: string, messageId: string, emoji: string) =>
      call<typeof removeReaction>(reactionPath(chatId, messageId, emoji), undefined, 'DELETE'),
    listReactions: (chatId: string, messageId: string) =>
      call<typeof listReactions>(`${pathOf(chatId, messageId)}/reactions`),
    pin: (chatId: string, messageId: string) => call<typeof pinMessage>(pinPath(chatId, messageId), undefined, 'PUT'),
    unpin: (chatId: string, messageId: string) =>
      call<typeof unpinMessage>(pinPath(chatId, messageId), undefined, 'DELETE'),
    listPins: (chatId: string) => call<typeof listPins>(`/chats/${chatId}/pins`),
  };
}
