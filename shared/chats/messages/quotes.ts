import type { Quote } from '#shared/contract/chats/message.ts';
import { getMessages, type StoredMessage } from '#shared/data/chats/messages.ts';
import { type Person, peopleOf } from '#shared/people/display-names.ts';
import { cut, escapedBytes, jsonBytes } from '#shared/platform/cut.ts';
import { contentOf, peopleIn } from './message-content.ts';
import { idOf } from './message-ids.ts';
import { closeIsolate } from './preview.ts';

/** A reply shows the message that it quotes, in its current state. It is made when the reply is read. */

/** Bytes of a quote as JSON, so that a page of a hundred replies stays small. */
const maxBytes = 600;
const isolateBytes = 3;

/** A stored message as a quote. `people` has everyone in `peopleIn` the message. */
function toQuote(stored: StoredMessage, people: Map<string, Person>): Quote {
  const { seq, version = 0, userId, type, deletedAt } = stored;
  const quote = {
    messageId: idOf(stored),
    seq,
    version,
    userId,
    userName: people.get(userId)?.name as string,
    content: '',
    type,
    ...(deletedAt && { deletedAt }),
  };
  const content = contentOf(stored, people);
  const room = maxBytes - jsonBytes(quote);
  if (jsonBytes(content) - 2 <= room) return { ...quote, content };
  return { ...quote, content: closeIsolate(cut(content, room - isolateBytes, escapedBytes), content) };
}

/** A message that was read before it is quoted, as a quote. */
export async function quoteOf(stored: StoredMessage): Promise<Quote> {
  return toQuote(stored, await peopleOf(peopleIn([stored])));
}

/** Messages of one chat and those that they quote, by their numbers. What is quoted on the same page is not read again. */
export async function withQuoted(stored: StoredMessage[]): Promise<Map<number, StoredMessage>> {
  const all = new Map(stored.map((message) => [message.seq, message]));
  const quoted = new Set(stored.flatMap(({ replyToSeq }) => replyToSeq ?? []));
  const missing = [...quoted].filter((seq) => !all.has(seq));
  const [{ chatId } = { chatId: '' }] = stored;
  for (const message of await getMessages(chatId, missing)) all.set(message.seq, message);
  return all;
}

/** The quote that a reply shows; undefined for a message that is no reply, or if what it quotes is not there. */
export function quoteIn(
  { replyToSeq }: StoredMessage,
  all: Map<number, StoredMessage>,
  people: Map<string, Person>,
): Quote | undefined {
  const original = replyToSeq === undefined ? undefined : all.get(replyToSeq);
  return original && toQuote(original, people);
}
