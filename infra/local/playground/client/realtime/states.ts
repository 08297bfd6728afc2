import type { Message, Quote } from '#shared/contract/chats/message.ts';
import type { Attachment } from '#shared/contract/files/attachment.ts';

interface State {
  version?: number | undefined;
  deletedAt?: string | undefined;
  attachments?: readonly Pick<Attachment, 'url'>[] | undefined;
}

/** Whether a state of a message is newer than another one. Nothing brings a deleted message back. */
function isNewer(state: State, than: State): boolean {
  if (!state.deletedAt !== !than.deletedAt) return state.deletedAt !== undefined;
  const versions = (state.version ?? 0) - (than.version ?? 0);
  return versions > 0 || (versions === 0 && dayOf(state) > dayOf(than));
}

/** The day that the URLs of the files are of, in days since the epoch: those of a later day are valid for longer. */
function dayOf({ attachments: [first] = [] }: State): number {
  const [, query] = first?.url.split('?') ?? [];
  return Number(new URLSearchParams(query).get('w') ?? 0);
}

/** The newer state of a message, with the newer state of what it quotes. */
export function newer(held: Message, other: Message): Message {
  const [state, old] = isNewer(other, held) ? [other, held] : [held, other];
  return old.replyTo && state.replyTo && isNewer(old.replyTo, state.replyTo)
    ? { ...state, replyTo: old.replyTo }
    : state;
}

/** How many states are kept of messages that are not in the list: older states that are on their way arrive within seconds. */
const maxStates = 500;

/** Keeps the newest state of a message, and drops the one kept longest ago if there are too many. Returns the newest. */
export function keepNewest(states: Map<string, Message>, message: Message): Message {
  const held = states.get(message.id);
  const newest = held ? newer(held, message) : message;
  states.delete(message.id);
  states.set(message.id, newest);
  const [oldest] = states.keys();
  if (states.size > maxStates && oldest !== undefined) states.delete(oldest);
  return newest;
}

/** A message that quotes the current state of another one, if it quotes an older state of that. */
export function quoting(message: Message, original: Message | undefined): Message {
  const { replyTo } = message;
  if (!original || replyTo?.messageId !== original.id || !isNewer(original, replyTo)) return message;
  return { ...message, replyTo: quoteOf(original) };
}

/** The text that the author wrote: the content of a message that has only files is the server's word for them. */
export const writtenText = ({ content, metadata }: Pick<Message, 'content' | 'metadata'>): string =>
  metadata?.placeholder ? '' : content;

/** A quote of a message that is known, with what it has in place of a text. */
export interface KnownQuote extends Quote {
  placeholder?: NonNullable<Message['metadata']>['placeholder'];
}

/** Longer than what a reply shows. In code points. */
const quoteLength = 200;

/** A message as the quote that a reply shows: with the beginning of its text. */
export function quoteOf({ id, metadata, version = 0, content, ...message }: Message): KnownQuote {
  const { seq, userId, userName, type, deletedAt } = message;
  const beginning = [...content.slice(0, 2 * quoteLength)].slice(0, quoteLength).join('');
  return {
    messageId: id,
    seq,
    version,
    userId,
    userName,
    content: beginning,
    type,
    deletedAt,
    ...placeholderIn(metadata),
  };
}

const placeholderIn = ({ placeholder }: NonNullable<Message['metadata']> = {}) => (placeholder ? { placeholder } : {});
