import type { ComponentChildren, TargetedToggleEvent } from 'preact';
import { moveFocus } from './move-focus.ts';
import { placeAbove } from './place-above.ts';

interface MenuProps {
  id: string;
  /** Whether it opens above its button, or at the bottom of a narrow window. */
  isAbove?: boolean;
  onOpen?(): void;
  children: ComponentChildren;
}

/**
 * A list of buttons. A choice, Escape and a click elsewhere close it; the browser then gives the focus back to the button
 * that has opened it.
 */
export function Menu({ id, isAbove = false, onOpen, children }: MenuProps) {
  const onToggle = ({ currentTarget, newState }: TargetedToggleEvent<HTMLElement>) => {
    if (newState !== 'open') return;
    // Puts keyboard users on the first choice.
    currentTarget.querySelector('button')?.focus();
    onOpen?.();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the clicks and keys of the buttons in it
    <div
      id={id}
      class={`menu ${isAbove ? 'above' : ''}`}
      popover="auto"
      onBeforeToggle={({ currentTarget }) => isAbove && placeAbove(currentTarget)}
      onToggle={onToggle}
      // Before the choice: a dialog that it opens gives the focus back to where it was.
      onClickCapture={({ currentTarget }) => currentTarget.hidePopover()}
      onKeyDown={moveFocus}
    >
      {children}
    </div>
  );
}
