import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Message } from '#shared/contract/chats/message.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import type { AppContext } from '../../context.ts';
import { deletedText } from '../../message-words.ts';

interface TombstoneProps {
  message: Message;
  /** What is going on with a message that the user has deleted. */
  deletion: 'undoable' | 'sent' | undefined;
  open: OpenChat;
  app: AppContext;
}

/** What is left of a deleted message, and for a few seconds the way back. */
export const Tombstone = ({ message, deletion, open, app }: TombstoneProps) => (
  <p class="tombstone">
    {deletedText(message, app.texts)}
    {deletion === 'undoable' && (
      <UndoButton words={app.texts.message.undo} onUndo={() => open.deletions.undo(message.id)} />
    )}
  </p>
);

/** It takes the focus: the button that had it is gone, and the time is short. */
function UndoButton({ words, onUndo }: { words: string; onUndo(): void }) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus(), []);
  return (
    <button ref={button} type="button" class="undo" onClick={onUndo}>
      {words}
    </button>
  );
}
