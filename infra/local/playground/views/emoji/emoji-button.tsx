import { useId, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { placeAbove } from '../parts/menus/place-above.ts';
import { EmojiPicker } from './emoji-picker.tsx';

/** Opens the emojis above the message box, or over the lower half of a narrow window. */
export function EmojiButton({ onPick }: { onPick(emoji: string): void }) {
  const { texts } = useApp();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="quiet" aria-label={texts.emojis.title} title={texts.emojis.title} popovertarget={id}>
        <Icon name="emoji" />
      </button>
      <div
        id={id}
        class="emojis above"
        role="dialog"
        aria-label={texts.emojis.title}
        popover="auto"
        onBeforeToggle={({ currentTarget }) => placeAbove(currentTarget)}
        // Once it is on the screen, so that the search can take the focus.
        onToggle={({ newState }) => setOpen(newState === 'open')}
      >
        {isOpen && <EmojiPicker onPick={onPick} />}
      </div>
    </>
  );
}
