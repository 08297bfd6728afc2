import type { ComponentChildren, TargetedToggleEvent } from 'preact';

interface MenuProps {
  id: string;
  onOpen?(): void;
  children: ComponentChildren;
}

/**
 * A list of buttons. A choice, Escape and a click elsewhere close it; the browser then gives the focus back to the button
 * that has opened it.
 */
export function Menu({ id, onOpen, children }: MenuProps) {
  const onToggle = ({ currentTarget, newState }: TargetedToggleEvent<HTMLElement>) => {
    if (newState !== 'open') return;
    // Puts keyboard users on the first choice.
    currentTarget.querySelector('button')?.focus();
    onOpen?.();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the clicks of the buttons in it
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key on a button is a click
    <div
      id={id}
      class="menu"
      popover="auto"
      onToggle={onToggle}
      onClick={({ currentTarget }) => currentTarget.hidePopover()}
    >
      {children}
    </div>
  );
}
