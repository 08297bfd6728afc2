import type { KnownQuote } from '../../../client/realtime/states.ts';
import type { Texts } from '../../../texts/en/index.ts';
import { authorName } from '../../message-words.ts';

interface QuoteProps {
  quote: KnownQuote;
  texts: Texts;
  /** Whether to say that the user is replying. */
  isReply?: boolean;
}

/** Who wrote the quoted message and what, in one line each. */
export function QuoteText({ quote, texts, isReply = false }: QuoteProps) {
  const name = authorName(quote, texts);
  return (
    <>
      <strong>{isReply ? texts.composer.replyingTo(name) : name}</strong>
      <span dir="auto">{quoteWords(quote, texts)}</span>
    </>
  );
}

interface ButtonProps {
  quote: KnownQuote;
  texts: Texts;
  onJump(seq: number): unknown;
}

/** The quote above the text of a reply. It leads to the quoted message. */
export const QuoteButton = ({ quote, texts, onJump }: ButtonProps) => (
  <button type="button" class="quote" title={texts.message.toQuoted} onClick={() => onJump(quote.seq)}>
    <QuoteText quote={quote} texts={texts} />
  </button>
);

/** The server says in its own language that a message was deleted or has only files. */
export const quoteWords = ({ content, deletedAt, placeholder }: KnownQuote, texts: Texts): string => {
  if (deletedAt) return texts.message.messageDeleted;
  return placeholder ? texts.files.placeholders[placeholder] : content;
};
