import type { KnownQuote } from '../../client/realtime/states.ts';
import { QuoteText } from '../chat/text/quote-text.tsx';
import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';

interface LineProps {
  /** For the description of the message box. */
  id: string;
  quote: KnownQuote;
  onCancel(): void;
}

/** Above the message box: the message to which the text replies. */
export function ReplyLine({ id, quote, onCancel }: LineProps) {
  const { texts } = useApp();
  return (
    <div class="bar replying">
      <Icon name="reply" />
      <div id={id} class="quote">
        <QuoteText quote={quote} texts={texts} isReply />
      </div>
      <Button class="quiet" aria-label={texts.composer.cancelReply} onPress={onCancel}>
        <Icon name="close" />
      </Button>
    </div>
  );
}
