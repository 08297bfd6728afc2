import { type ComponentChildren, createContext, type Ref, type TargetedEvent } from 'preact';
import { useContext, useRef, useState } from 'preact/hooks';

/**
 * Marks a button while its work runs, and ignores further presses. The button is not `disabled`, which would take the
 * focus from people who use a keyboard.
 */
function useBusy() {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const run = async (work: () => unknown): Promise<void> => {
    if (running.current) return;
    running.current = true;
    try {
      const done = work();
      if (done instanceof Promise) setBusy(true);
      await done;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  const attributes = busy ? { 'aria-busy': true, 'aria-disabled': true } : {};
  return { run, attributes };
}

interface ButtonProps {
  onPress(): unknown;
  id?: string;
  class?: string;
  role?: 'switch';
  title?: string;
  'aria-label'?: string;
  'aria-haspopup'?: 'dialog';
  'aria-pressed'?: boolean;
  'aria-checked'?: boolean;
  'aria-disabled'?: boolean;
  children: ComponentChildren;
}

/** A button, which is busy until the promise of `onPress` settles. */
export function Button({ onPress, ...attributes }: ButtonProps) {
  const { run, attributes: busy } = useBusy();
  return <button type="button" {...attributes} {...busy} onClick={() => run(onPress)} />;
}

interface FormProps {
  hidden?: boolean;
  onSend(): unknown;
  ref: Ref<HTMLFormElement>;
  children: ComponentChildren;
}

const Sending = createContext({});

/** A form whose `SubmitButton` is busy until the promise of `onSend` settles. */
export function Form({ onSend, children, ...attributes }: FormProps) {
  const { run, attributes: busy } = useBusy();
  const onSubmit = (event: Event) => {
    event.preventDefault();
    void run(onSend);
  };
  return (
    <form {...attributes} onSubmit={onSubmit}>
      <Sending.Provider value={busy}>{children}</Sending.Provider>
    </form>
  );
}

interface SubmitProps {
  /** There is nothing to send. Like a busy button, it keeps the focus. */
  isIdle?: boolean;
  /** It deletes something. */
  isDangerous?: boolean;
  children: ComponentChildren;
}

export function SubmitButton({ isIdle = false, isDangerous = false, children }: SubmitProps) {
  return (
    <button
      type="submit"
      class={isDangerous ? 'dangerous' : 'primary'}
      aria-disabled={isIdle || undefined}
      {...useContext(Sending)}
    >
      {children}
    </button>
  );
}

/** Handles the input of a text field: `onInput={into(setEmail)}`. */
export const into =
  (set: (value: string) => void) =>
  ({ currentTarget }: TargetedEvent<HTMLInputElement>): void =>
    set(currentTarget.value);
