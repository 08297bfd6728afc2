import { useLayoutEffect, useRef } from 'preact/hooks';
import { authorName } from '../../message-words.ts';
import { Icon } from '../../parts/icon.tsx';
import { messageActions, type Target } from './message-actions.ts';
import { ReactionPicker } from './reaction-picker.tsx';

/** A point of the window, in pixels. */
export interface Point {
  x: number;
  y: number;
}

interface MenuProps extends Target {
  at: Point;
  onClose(): void;
}

/** What a user can do with a message, near where they asked for it, or at the bottom of a narrow screen. */
export function MessageMenu({ at, onClose, ...target }: MenuProps) {
  const { message, open, app } = target;
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const { current: element } = dialog;
    if (!element) return;
    element.showModal();
    const { width, height } = element.getBoundingClientRect();
    element.style.setProperty('--x', `${within(at.x, innerWidth - width)}px`);
    element.style.setProperty('--y', `${within(at.y, innerHeight - height)}px`);
  }, [at]);
  const choose = (run: () => unknown) => {
    // First, because it gives the focus back.
    dialog.current?.close();
    void run();
  };
  const offered = messageActions.filter((action) => action.offered(target));
  return (
    <dialog
      ref={dialog}
      class="message-menu"
      aria-label={app.texts.actionsOn(authorName(message, app.texts))}
      onClose={onClose}
      // The dialog has no padding, so that a click on itself is one beside it.
      onClick={({ target: clicked, currentTarget }) => clicked === currentTarget && currentTarget.close()}
      onKeyDown={moveFocus}
    >
      <div class="inside">
        <ReactionPicker
          message={message}
          open={open}
          onPick={(emoji) => choose(() => app.attempt(() => open.reactions.toggle(message, emoji)))}
        />
        {offered.map((action) => (
          <button key={action.icon} type="button" class="action" onClick={() => choose(() => action.run(target))}>
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

/** The arrow keys go through the buttons, except in a text field. */
function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const { currentTarget: dialog, target } = event;
  if (!step || target instanceof HTMLInputElement || !(dialog instanceof HTMLElement)) return;
  event.preventDefault();
  const buttons = [...dialog.querySelectorAll('button')];
  const now = buttons.findIndex((button) => button.matches(':focus'));
  buttons.at((now + step) % buttons.length)?.focus();
}
