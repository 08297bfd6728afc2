import { useLayoutEffect, useRef } from 'preact/hooks';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { Button } from '../../parts/controls.tsx';
import { PinnedList } from './pinned-list.tsx';

interface DialogProps {
  open: OpenChat;
  onJump(seq: number): unknown;
  onClose(): void;
}

/** The pinned messages, over the chat. */
export function PinsDialog({ open, onJump, onClose }: DialogProps) {
  const { texts } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  const jump = (seq: number) => {
    close();
    return onJump(seq);
  };
  return (
    <dialog ref={dialog} aria-label={texts.chat.pinnedMessages} onClose={onClose}>
      <PinnedList open={open} onJump={jump} />
      <div class="buttons">
        <Button onPress={close}>{texts.close}</Button>
      </div>
    </dialog>
  );
}
