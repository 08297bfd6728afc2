import { render } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Texts } from '../texts/en.ts';
import { Button } from './controls.tsx';

interface LineDialogProps {
  label: string;
  value: string;
  texts: Texts;
  onClose(line: string | undefined): void;
}

/** Asks the user for one line of text. Returns undefined when they cancel. */
export function askForLine(label: string, texts: Texts, value = ''): Promise<string | undefined> {
  const place = document.createElement('div');
  document.body.append(place);
  return new Promise((resolve) => {
    const close = (line: string | undefined) => {
      render(null, place);
      place.remove();
      resolve(line);
    };
    render(<LineDialog label={label} value={value} texts={texts} onClose={close} />, place);
  });
}

function LineDialog({ label, value, texts, onClose }: LineDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    input.current?.select();
  }, []);
  const closed = () =>
    onClose(dialog.current?.returnValue === 'ok' ? input.current?.value.trim() || undefined : undefined);
  return (
    <dialog ref={dialog} aria-label={label} onClose={closed}>
      <form method="dialog">
        <label>
          {label}
          <input ref={input} defaultValue={value} required autocomplete="off" />
        </label>
        <div class="buttons">
          <Button onPress={() => dialog.current?.close()}>{texts.cancel}</Button>
          <button type="submit" value="ok" class="primary">
            {texts.ok}
          </button>
        </div>
      </form>
    </dialog>
  );
}
