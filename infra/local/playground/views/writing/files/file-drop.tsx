import type { ComponentChildren, TargetedClipboardEvent, TargetedDragEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { mayWrite } from '../../../state/open/writing-rules.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { useAddFiles } from './use-add-files.ts';

/** The place of a chat, where files can be dropped and pasted. */
export function FileDrop({ open, children }: { open: OpenChat; children: ComponentChildren }) {
  const { texts } = useApp();
  const add = useAddFiles(open);
  const [isOver, setOver] = useState(false);
  /** Each element inside is entered before the one around it is left. */
  const depth = useRef(0);
  const isTaken = (data: DataTransfer | null): data is DataTransfer =>
    data?.types.includes('Files') === true && mayWrite(open) && !open.editing.message;

  const onDragEnter = ({ dataTransfer }: TargetedDragEvent<HTMLElement>) => {
    if (isTaken(dataTransfer) && ++depth.current === 1) setOver(true);
  };
  const onDragLeave = ({ dataTransfer }: TargetedDragEvent<HTMLElement>) => {
    if (isTaken(dataTransfer) && --depth.current === 0) setOver(false);
  };
  // Without this the browser would open the file.
  const onDragOver = (event: TargetedDragEvent<HTMLElement>) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const onDrop = (event: TargetedDragEvent<HTMLElement>) => {
    onDragOver(event);
    depth.current = 0;
    setOver(false);
    if (isTaken(event.dataTransfer)) add([...event.dataTransfer.files]);
  };
  const onPaste = (event: TargetedClipboardEvent<HTMLElement>) => {
    const { clipboardData: data } = event;
    // Programs for text and tables add a picture of what was copied.
    if (!isTaken(data) || data.types.includes('text/plain')) return;
    event.preventDefault();
    add([...data.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears what is dropped and pasted anywhere in the chat
    <section
      class="chat"
      onDragEnter={onDragEnter}
      onDragLeave={onDragLeave}
      onDragOver={onDragOver}
      onDrop={onDrop}
      onPaste={onPaste}
    >
      {children}
      {isOver && <p class="drop-here">{texts.files.dropHere}</p>}
    </section>
  );
}
