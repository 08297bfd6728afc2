import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from '../../context.ts';
import { Icon } from '../icon.tsx';
import { SheetNotice } from '../notice.tsx';
import { usePressBeside } from './press-beside.ts';
import { usePlaces } from './sheet-places.ts';
import { useCancels } from './use-cancels.ts';

interface SheetProps {
  title: string;
  /** At the side of a wide window, or in its middle. In a narrow window it fills the screen. */
  place: 'side' | 'middle';
  /** Which part of the sheet is shown, such as "settings/devices". */
  part?: string;
  /** Goes up to the sheet of which this is a part. */
  onBack?: (() => void) | undefined;
  onClose(): void;
  children: ComponentChildren;
}

/** A part of the page of its own, over the chats: settings, or what there is to know about a chat. Escape closes it, Android's back button goes up. */
export function Sheet({ title, place, part = '', onBack, onClose, children }: SheetProps) {
  const { texts } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const hearPress = usePlaces(part, content, heading);
  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    // Closing gives the focus back to what had it before.
    return () => current?.close();
  }, []);
  const pressBeside = usePressBeside(onClose);
  const cancels = useCancels(dialog, onClose, onBack);
  return (
    <dialog ref={dialog} class={`sheet ${place}`} aria-label={title} {...pressBeside} {...cancels}>
      <div class="inside">
        <header>
          {onBack && (
            <button type="button" class="quiet" aria-label={texts.backTo} onClick={onBack}>
              <Icon name="back" />
            </button>
          )}
          <h2 ref={heading} tabIndex={-1}>
            {title}
          </h2>
          <button type="button" class="quiet" aria-label={texts.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls by keyboard where nothing inside takes the focus */}
        <div ref={content} class="content" tabIndex={0} onClickCapture={hearPress}>
          {children}
        </div>
        <SheetNotice />
      </div>
    </dialog>
  );
}

/** Puts the keyboard on the heading of the sheet that is open: what had it is gone. */
export const focusSheet = (): void => document.querySelector<HTMLElement>('.sheet[open] h2')?.focus();

interface SectionProps {
  title?: string | undefined;
  children: ComponentChildren;
}

export const Section = ({ title, children }: SectionProps) => (
  <section>
    {title && <h3>{title}</h3>}
    {children}
  </section>
);
