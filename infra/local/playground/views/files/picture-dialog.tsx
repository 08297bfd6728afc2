import { useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { OpenChat } from '../../state/open-chat.ts';
import type { Texts } from '../../texts/en/index.ts';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { showDialog } from '../parts/sheets/dialog.tsx';
import { lookOf, ofAttachment } from './shown-file.ts';
import { useSwipes } from './use-swipes.ts';

interface DialogProps {
  open: OpenChat;
  /** The picture to begin with. */
  first: string;
  texts: Texts;
  onClose(done: boolean): void;
}

/** Shows the pictures of a chat, as far as its messages are loaded, in full size. */
export const showPictures = (question: Omit<DialogProps, 'onClose'>) =>
  showDialog((onClose) => <PictureDialog {...question} onClose={onClose} />);

function PictureDialog({ open, first, texts, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [key, setKey] = useState(first);
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const pictures = picturesOf(open);
  const n = pictures.findIndex(({ picture }) => picture.key === key);
  const { picture, message } = pictures[n] ?? {};
  const go = (step: number) => setKey(pictures[n + step]?.picture.key ?? key);
  const close = () => dialog.current?.close();
  const swipes = useSwipes({ onSide: go, onDown: close });
  const { files } = texts;
  return (
    <dialog
      ref={dialog}
      class="full-picture"
      aria-label={files.pictures}
      onClose={() => onClose(false)}
      {...swipes}
      onKeyDown={({ key: pressed }) => go(pressed === 'ArrowLeft' ? -1 : pressed === 'ArrowRight' ? 1 : 0)}
    >
      {picture && message && (
        <>
          <header>
            <span role="status">
              <span dir="auto">{picture.name}</span> {pictures.length > 1 && files.pictureOf(n + 1, pictures.length)}
            </span>
            <a href={picture.url ?? ''} download={picture.name} aria-label={files.download(picture.name)}>
              <Icon name="download" />
            </a>
            <Button class="quiet" aria-label={texts.close} onPress={close}>
              <Icon name="close" />
            </Button>
          </header>
          <img
            key={picture.key}
            src={picture.url}
            alt={picture.name}
            width={picture.width}
            height={picture.height}
            style={picture.thumbnailUrl && { backgroundImage: `url("${picture.thumbnailUrl}")` }}
            onError={() => void open.freshUrls.get(message).then(() => rerender(0))}
          />
          {n > 0 && (
            <Button class="previous" aria-label={files.previous} onPress={() => go(-1)}>
              <Icon name="back" />
            </Button>
          )}
          {n < pictures.length - 1 && (
            <Button class="next" aria-label={files.next} onPress={() => go(1)}>
              <Icon name="back" />
            </Button>
          )}
        </>
      )}
    </dialog>
  );
}

const picturesOf = (open: OpenChat) =>
  open.timeline.messages
    .filter((message) => !open.isDeleted(message))
    .flatMap((message) => (message.attachments ?? []).map((file) => ({ picture: ofAttachment(file), message })))
    .filter(({ picture }) => lookOf(picture) === 'picture');
