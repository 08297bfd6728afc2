import { useRef } from 'preact/hooks';

type OnDialog = (event: { target: EventTarget | null; currentTarget: EventTarget }) => void;

/**
 * Hears a press beside what is in a modal dialog: the dialog itself gets it. It has to begin there, too, because a selection
 * of text that begins inside may end there.
 */
export function usePressBeside(onPress: () => void): { onPointerDown: OnDialog; onClick: OnDialog } {
  const beganBeside = useRef(false);
  return {
    onPointerDown({ target, currentTarget }) {
      beganBeside.current = target === currentTarget;
    },
    onClick({ target, currentTarget }) {
      if (beganBeside.current && target === currentTarget) onPress();
    },
  };
}
