import type { Message } from '#shared/contract/chats/message.ts';
import { cut } from '#shared/platform/cut.ts';

/** Code points. A list of a hundred chats must not carry a hundred long messages. */
const maxLength = 300;

/** A name in a system message that is cut: what a client shows behind it must not be isolated with it. */
const openIsolate = /\u2068[^\u2069]*$/;

/** The beginning of a text without what would isolate the text behind it. */
export const closeIsolate = (beginning: string, content: string): string =>
  beginning !== content && openIsolate.test(beginning) ? `${beginning}\u2069` : beginning;

/** The beginning of a message's text, as the list of chats shows it. */
export const preview = (content = ''): string => closeIsolate(cut(content, maxLength), content);

/** What a client needs in order to word a chat's newest message by itself. */
export function lastMessageOf(message: Message | undefined) {
  if (!message) return {};
  const { type, userId, userName, userDeleted, deletedAt, metadata } = message;
  return {
    lastMessageType: type,
    lastMessageUserId: userId,
    lastMessageUserName: userName,
    lastMessageUserDeleted: userDeleted,
    ...(deletedAt && { lastMessageDeleted: true as const }),
    // The question of an answer may be as long as a message.
    lastMessageMetadata: metadata && {
      ...metadata,
      ...(metadata.question && { question: preview(metadata.question) }),
    },
  };
}
