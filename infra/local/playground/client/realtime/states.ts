import type { Message, Quote } from '#shared/contract/chats/message.ts';

interface State {
  version?: number | undefined;
  deletedAt?: string | undefined;
}

/** Whether a state of a message is newer than another one. Nothing brings a deleted message back. */
const isNewer = (state: State, than: State): boolean =>
  !state.deletedAt === !than.deletedAt ? (state.version ?? 0) > (than.version ?? 0) : state.deletedAt !== undefined;

/** The newer state of a message, with the newer state of what it quotes. */
export function newer(held: Message, other: Message): Message {
  const [state, old] = isNewer(other, held) ? [other, held] : [held, other];
  return old.replyTo && state.replyTo && isNewer(old.replyTo, state.replyTo)
    ? { ...state, replyTo: old.replyTo }
    : state;
}

/** A message that quotes the current state of another one, if it quotes an older state of that. */
export function quoting(message: Message, original: Message | undefined): Message {
  const { replyTo } = message;
  if (!original || replyTo?.messageId !== original.id || !isNewer(original, replyTo)) return message;
  return { ...message, replyTo: quoteOf(original) };
}

/** Longer than what a reply shows. In code points. */
const quoteLength = 200;

/** A message as the quote that a reply shows: with the beginning of its text. */
export function quoteOf({ id, seq, version = 0, userId, userName, content, type, deletedAt }: Message): Quote {
  const beginning = [...content.slice(0, 2 * quoteLength)].slice(0, quoteLength).join('');
  return { messageId: id, seq, version, userId, userName, content: beginning, type, deletedAt };
}
