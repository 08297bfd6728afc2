import { quoteOf } from '../../../client/realtime/states.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';
import { QuoteText } from '../text/quote-text.tsx';

interface ListProps {
  open: OpenChat;
  onJump(seq: number): unknown;
}

/** All pinned messages, each with a button that unpins it if the user may do so. */
export function PinnedList({ open, onJump }: ListProps) {
  const { texts, attempt } = useApp();
  return (
    <ul class="pinned">
      {open.pins.messages.map((message) => (
        <li key={message.id}>
          <Button class="quote" onPress={() => onJump(message.seq)}>
            <QuoteText quote={quoteOf(message)} texts={texts} />
          </Button>
          {open.members.canPin(open.chat) && (
            <Button class="quiet" aria-label={texts.unpin} onPress={() => attempt(() => open.pins.set(message, false))}>
              <Icon name="close" />
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
