import type { Message } from '#shared/contract/chats/message.ts';

/** Code points. A list of a hundred chats must not carry a hundred long messages. */
const maxLength = 300;

/** The beginning of a message's text, as the list of chats shows it. */
export const preview = (content: string | undefined) => content && [...content].slice(0, maxLength).join('');

/** What a client needs in order to word a chat's newest message by itself. */
export function lastMessageOf(message: Message | undefined) {
  if (!message) return {};
  const { type, userId, userName, userDeleted, metadata } = message;
  return {
    lastMessageType: type,
    lastMessageUserId: userId,
    lastMessageUserName: userName,
    lastMessageUserDeleted: userDeleted,
    // The question of an answer may be as long as a message.
    lastMessageMetadata: metadata && { ...metadata, question: preview(metadata.question) },
  };
}
