import type { ComponentChildren, TargetedToggleEvent } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './icon.tsx';

/** Puts keyboard users on the first choice. */
const focusFirst = ({ currentTarget, newState }: TargetedToggleEvent<HTMLElement>) =>
  newState === 'open' && currentTarget.querySelector('button')?.focus();

/**
 * A button that opens a list of other buttons. A choice, Escape and a click elsewhere close the list; the browser then
 * gives the focus back to the button.
 */
export function Menu({ label, children }: { label: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <>
      <button type="button" class="opens-menu" popovertarget={id}>
        <span>{label}</span>
        <Icon name="down" />
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the clicks of the buttons in it */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a key on a button is a click */}
      <div
        id={id}
        class="menu"
        popover="auto"
        onToggle={focusFirst}
        onClick={({ currentTarget }) => currentTarget.hidePopover()}
      >
        {children}
      </div>
    </>
  );
}
