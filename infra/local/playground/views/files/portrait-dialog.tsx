import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { preparePortrait } from '../../client/browser/prepare.ts';
import { upload } from '../../client/files/upload.ts';
import type { Api } from '../../client/rest/api.ts';
import type { Texts } from '../../texts/en/index.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/controls.tsx';
import { showDialog } from '../parts/sheets/dialog.tsx';
import { wordsFor } from '../problem-text.ts';

interface Question {
  label: string;
  /** Whose picture it is. */
  id: string;
  name: string;
  url: string | undefined;
  purpose: 'avatar' | 'picture';
  api: Api;
  texts: Texts;
  /** Sets an uploaded file as the picture. Returns its URL. */
  set(fileId: string): Promise<string | undefined>;
  remove(): Promise<unknown>;
}

/** Lets the user choose the picture of a person or a group, or remove it. Resolves when the dialog is closed. */
export const askForPortrait = (question: Question) =>
  showDialog((onClose) => <PortraitDialog {...question} onClose={onClose} />);

type DialogProps = Question & { onClose(done: boolean): void };

function PortraitDialog({ label, id, name, purpose, api, texts, onClose, ...question }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [url, setUrl] = useState(question.url);
  const [complaint, setComplaint] = useState('');
  const [isBusy, setBusy] = useState(false);
  useLayoutEffect(() => dialog.current?.showModal(), []);

  const act = async (work: () => Promise<string | undefined>) => {
    setComplaint('');
    setBusy(true);
    try {
      setUrl(await work());
    } catch (error) {
      setComplaint(wordsFor(error)(texts));
    }
    setBusy(false);
  };
  const choose = (file: File) =>
    act(async () => {
      const { local, ...description } = await preparePortrait(file);
      if (!local) return url;
      try {
        return await question.set(await upload(api, { purpose, description, local }));
      } finally {
        local.release();
      }
    });
  const remove = () =>
    act(async () => {
      await question.remove();
      return undefined;
    });
  return (
    <dialog ref={dialog} class="portrait" aria-label={label} onClose={() => onClose(true)}>
      <Avatar id={id} name={name} url={url} />
      <p class="complaint" role="alert">
        {complaint}
      </p>
      <div class="buttons" aria-busy={isBusy}>
        <Button class="primary" onPress={() => input.current?.click()}>
          {texts.files.choosePicture}
        </Button>
        {url !== undefined && <Button onPress={remove}>{texts.files.removePicture}</Button>}
        <Button onPress={() => dialog.current?.close()}>{texts.close}</Button>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) void choose(file);
          currentTarget.value = '';
        }}
      />
    </dialog>
  );
}
