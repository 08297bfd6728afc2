import type { Message, Quote } from '#shared/contract/chats/message.ts';

/** In characters. The server quotes less or more, by bytes. */
const maxQuoted = 200;

/** A message as the quote that a reply shows: with the beginning of its text. */
export function quoteOf({ id: messageId, content, version = 0, ...message }: Message): Quote {
  const { seq, userId, userName, type, deletedAt } = message;
  const beginning = [...content].slice(0, maxQuoted).join('');
  return { messageId, seq, version, userId, userName, content: beginning, type, ...(deletedAt && { deletedAt }) };
}
