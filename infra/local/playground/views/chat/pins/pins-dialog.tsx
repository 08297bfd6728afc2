import { useLayoutEffect, useRef } from 'preact/hooks';
import { quoteOf } from '../../../client/realtime/states.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';
import { QuoteText } from '../text/quote-text.tsx';

interface DialogProps {
  open: OpenChat;
  onJump(seq: number): unknown;
  onClose(): void;
}

/** All pinned messages, each with a button that unpins it if the user may do so. */
export function PinsDialog({ open, onJump, onClose }: DialogProps) {
  const { texts, attempt } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  const jump = (seq: number) => {
    close();
    return onJump(seq);
  };
  return (
    <dialog ref={dialog} aria-label={texts.pinnedMessages} onClose={onClose}>
      <ul class="pinned">
        {open.pins.messages.map((message) => (
          <li key={message.id}>
            <Button class="quote" onPress={() => jump(message.seq)}>
              <QuoteText quote={quoteOf(message)} texts={texts} />
            </Button>
            {open.members.canPin(open.chat) && (
              <Button
                class="quiet"
                aria-label={texts.unpin}
                onPress={() => attempt(() => open.pins.set(message, false))}
              >
                <Icon name="close" />
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div class="buttons">
        <Button onPress={close}>{texts.close}</Button>
      </div>
    </dialog>
  );
}
