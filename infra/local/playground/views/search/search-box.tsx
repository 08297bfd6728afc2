import { useLayoutEffect, useRef } from 'preact/hooks';
import { into } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';

/** The server's limit. */
const maxLength = 100;

interface BoxProps {
  label: string;
  text: string;
  /** The id of what describes the keys. */
  keysId: string;
  /** Whether the box takes the focus when it appears. */
  takesFocus?: boolean;
  onWrite(text: string): void;
  onEnter(): void;
}

export function SearchBox({ label, text, keysId, takesFocus = false, onWrite, onEnter }: BoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (takesFocus) input.current?.select();
  }, []);
  const onSubmit = (event: Event) => {
    event.preventDefault();
    onEnter();
  };
  return (
    <form class="search-box" onSubmit={onSubmit}>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        enterkeyhint="search"
        autocomplete="off"
        maxLength={maxLength}
        aria-label={label}
        aria-describedby={keysId}
        placeholder={label}
        value={text}
        onInput={into(onWrite)}
      />
    </form>
  );
}
