import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** What a modal dialog does on Escape, which closes it, and on Android's back button, which goes up if there is a way. */
export function useCancels(
  dialog: RefObject<HTMLDialogElement | null>,
  onClose: () => void,
  onBack: (() => void) | undefined,
) {
  const isEscapeDown = useRef(false);
  useEffect(() => {
    const follow = ({ key, type }: KeyboardEvent) => {
      if (key === 'Escape') isEscapeDown.current = type === 'keydown';
    };
    // Where nothing has the focus, the dialog does not hear the keys.
    for (const type of ['keydown', 'keyup'] as const) document.addEventListener(type, follow, true);
    return () => {
      for (const type of ['keydown', 'keyup'] as const) document.removeEventListener(type, follow, true);
    };
  }, []);
  return {
    onCancel(event: Event) {
      // The dialogs inside have their own. A browser lets a page refuse only once until the next press.
      if (event.target !== dialog.current || !event.cancelable) return;
      // The address closes it.
      event.preventDefault();
      if (onBack && !isEscapeDown.current) onBack();
      else onClose();
    },
    /** The browser has closed it by itself. */
    onClose({ target }: Event) {
      if (target === dialog.current) onClose();
    },
  };
}
