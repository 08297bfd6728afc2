import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Named } from '../../state/mentions.ts';
import { type MentionQuery, matching, mentionQuery } from './mention-query.ts';

interface Mentioning {
  box: RefObject<HTMLTextAreaElement | null>;
  /** Whom the user may mention, as far as they are loaded. */
  named(): readonly Named[];
  /** Loads the others. */
  load(): void;
  /** The text has a name in it now. */
  onChoose(text: string, chosen: Named): void;
}

/** The list of members that opens while the user types a name after an `@`. */
export function useMentions({ box, named, load, onChoose }: Mentioning) {
  const [query, setQuery] = useState<MentionQuery>();
  const [active, setActive] = useState(0);
  // Of the name that was chosen, or for which the user did not want a list.
  const done = useRef<number | undefined>(undefined);
  const caret = useRef<number | undefined>(undefined);
  const options = query ? matching(named(), query.typed) : [];

  useLayoutEffect(() => {
    if (caret.current !== undefined) box.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });

  /** Call this when the text or the caret has changed. */
  const follow = () => {
    const { value = '', selectionStart = 0, selectionEnd = 0 } = box.current ?? {};
    const found = selectionStart === selectionEnd ? mentionQuery(value, selectionStart) : undefined;
    if (found?.start !== done.current) done.current = undefined;
    const next = done.current === undefined ? found : undefined;
    if (next && !query) load();
    if (next?.start !== query?.start || next?.typed !== query?.typed) {
      setQuery(next);
      setActive(0);
    }
  };

  const close = () => {
    done.current = query?.start;
    setQuery(undefined);
  };

  const choose = (chosen: Named) => {
    const { value = '', selectionStart = 0 } = box.current ?? {};
    if (!query) return;
    const before = `${value.slice(0, query.start)}@${chosen.name} `;
    caret.current = before.length;
    close();
    onChoose(before + value.slice(selectionStart).replace(/^ /, ''), chosen);
    box.current?.focus();
  };

  /** Handles a key for the list. Returns whether the list was open and the key was one of its own. */
  const onKey = (event: KeyboardEvent): boolean => {
    const { length } = options;
    const option = options[active];
    if (!option || event.isComposing) return false;
    if (event.key === 'ArrowDown') setActive((active + 1) % length);
    else if (event.key === 'ArrowUp') setActive((active + length - 1) % length);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey)) choose(option);
    else return false;
    event.preventDefault();
    return true;
  };

  return { options, active, follow, close, choose, onKey };
}
