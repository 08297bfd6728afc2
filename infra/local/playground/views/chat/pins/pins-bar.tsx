import { useState } from 'preact/hooks';
import { quoteOf } from '../../../client/realtime/states.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';
import { quoteWords } from '../text/quote-text.tsx';
import { PinsDialog } from './pins-dialog.tsx';

interface BarProps {
  open: OpenChat;
  onJump(seq: number): unknown;
}

/** Below the title: the message pinned last. Each press shows it in the list and goes on to the one before. */
export function PinsBar({ open, onJump }: BarProps) {
  const { texts } = useApp();
  const { messages } = open.pins;
  const [place, setPlace] = useState({ newest: '', n: 0 });
  const [listed, setListed] = useState(false);
  const [newest] = messages;
  if (!newest) return null;
  const n = place.newest === newest.id ? place.n % messages.length : 0;
  const shown = messages[n] ?? newest;
  const jump = () => {
    setPlace({ newest: newest.id, n: n + 1 });
    return onJump(shown.seq);
  };
  return (
    <section class="pins" aria-label={texts.chat.pinnedMessages}>
      <Icon name="pin" />
      <Button class="quote" onPress={jump}>
        <strong>{texts.chat.pinnedOf(n + 1, messages.length)}</strong>
        <span dir="auto">{quoteWords(quoteOf(shown), texts)}</span>
      </Button>
      <Button class="quiet" aria-label={texts.chat.allPinned} onPress={() => setListed(true)}>
        <Icon name="list" />
      </Button>
      {listed && <PinsDialog open={open} onJump={onJump} onClose={() => setListed(false)} />}
    </section>
  );
}
