import { PinnedList } from '../chat/pins/pinned-list.tsx';
import { useApp } from '../context.ts';
import { leaveSheet } from './leave-sheet.ts';
import type { Info } from './target.ts';

/** The pinned messages of a chat. */
export function PinsPart({ open, onJump }: Info) {
  const { texts } = useApp();
  if (open.pins.messages.length === 0) return <p class="empty">{texts.info.noPins}</p>;
  return <PinnedList open={open} onJump={(seq) => leaveSheet(() => onJump(seq))} />;
}
