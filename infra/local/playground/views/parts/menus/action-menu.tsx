import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from '../icon.tsx';
import { usePressBeside } from '../sheets/press-beside.ts';
import { moveFocus } from './move-focus.ts';

/** A point of the window, in pixels. */
export interface Point {
  x: number;
  y: number;
}

/** Something that a menu offers for its target, such as a message. */
export interface Action<Target> {
  icon: IconName;
  isDangerous?: true;
  label(target: Target): string;
  /** Whether the menu of this target has it. The server has the last word. */
  offered(target: Target): boolean;
  run(target: Target): unknown;
}

/** Closes the menu and runs the user's choice. */
type Choose = (run: () => unknown) => void;

interface MenuProps<Target> {
  label: string;
  at: Point;
  target: Target;
  actions: readonly Action<Target>[];
  onClose(): void;
  /** What the menu has above its actions. */
  above?(choose: Choose): ComponentChildren;
}

/** What a user can do with one row of a list, near where they asked for it, or at the bottom of a narrow screen. */
export function ActionMenu<Target>({ label, at, target, actions, onClose, above }: MenuProps<Target>) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const { current: element } = dialog;
    if (!element) return undefined;
    element.showModal();
    const place = () => {
      const { width, height } = element.getBoundingClientRect();
      element.style.setProperty('--x', `${within(at.x, innerWidth - width)}px`);
      element.style.setProperty('--y', `${within(at.y, innerHeight - height)}px`);
    };
    place();
    // What is above the actions may grow.
    const resizes = new ResizeObserver(place);
    resizes.observe(element);
    return () => resizes.disconnect();
  }, [at]);
  const pressBeside = usePressBeside(() => dialog.current?.close());
  const choose: Choose = (run) => {
    // First, because it gives the focus back.
    dialog.current?.close();
    void run();
  };
  return (
    <dialog
      ref={dialog}
      class="action-menu"
      aria-label={label}
      onClose={onClose}
      // The dialog has no padding, so that a press on itself is one beside it.
      {...pressBeside}
      onKeyDown={moveFocus}
    >
      <div class="inside">
        {above?.(choose)}
        {actions
          .filter((action) => action.offered(target))
          .map((action) => (
            <button
              key={action.label(target)}
              type="button"
              class={action.isDangerous ? 'action danger' : 'action'}
              onClick={() => choose(() => action.run(target))}
            >
              <Icon name={action.icon} />
              {action.label(target)}
            </button>
          ))}
      </div>
    </dialog>
  );
}

/** Keeps a margin to the edges of the window. */
const within = (wanted: number, max: number): number => Math.max(8, Math.min(wanted, max - 8));
