import type { TargetedKeyboardEvent } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Texts } from '../../texts/en/index.ts';
import { useApp } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { wordsFor } from '../problem-text.ts';
import { findEmojis, loadEmojis, type NamedEmoji } from './emoji-data.ts';
import { EmojiSections, type Section } from './emoji-sections.tsx';
import { onGridKey } from './grid-keys.ts';
import { readEmoji } from './read-emoji.ts';
import { recentEmojis, rememberEmoji } from './recent-emojis.ts';

interface PickerProps {
  onPick(emoji: string): void;
}

/** All emojis by their groups, with those that were used last, and a search. */
export function EmojiPicker({ onPick }: PickerProps) {
  const { texts, notify } = useApp();
  const { emojis: words } = texts;
  const picker = useRef<HTMLDivElement>(null);
  const [all, setAll] = useState<NamedEmoji[]>();
  const [query, setQuery] = useState('');
  // As they were when the picker was opened: they do not move under the pointer.
  const [recent] = useState(recentEmojis);

  useEffect(() => {
    loadEmojis(texts).then(setAll, (error: unknown) => notify(wordsFor(error)));
  }, [texts, notify]);
  useLayoutEffect(() => {
    // On a touch screen the keyboard would cover the emojis.
    if (!matchMedia('(pointer: coarse)').matches) picker.current?.querySelector('input')?.focus();
  }, []);

  const pick = useCallback(
    (emoji: string) => {
      onPick(emoji);
      rememberEmoji(emoji);
    },
    [onPick],
  );
  const found = useMemo(() => (query.trim() && all ? foundSection(all, query, texts) : undefined), [all, query, texts]);
  // All emojis are not rendered again with each change around the picker.
  const list = useMemo(() => {
    const sections = found ? [found] : all ? groupSections(all, recent, texts) : [];
    return <EmojiSections sections={sections} onPick={pick} />;
  }, [all, found, recent, texts, pick]);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const first = found?.emojis[0];
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      // Or it would send the message.
      event.preventDefault();
      if (first) pick(first.emoji);
    } else onGridKey(event, event.currentTarget);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the fields and buttons in it
    <div ref={picker} class="emoji-picker" onKeyDown={onKeyDown}>
      <div class="search-box">
        <Icon name="search" />
        <input
          type="search"
          placeholder={words.search}
          aria-label={words.search}
          value={query}
          autocomplete="off"
          enterkeyhint="done"
          onInput={({ currentTarget }) => setQuery(currentTarget.value)}
        />
      </div>
      <span class="unseen" role="status">
        {found && words.found(found.emojis.length)}
      </span>
      {found?.emojis.length === 0 && <p class="none">{words.none}</p>}
      {!all && <p class="none">{texts.loading}</p>}
      {list}
    </div>
  );
}

/** An emoji that was typed or pasted finds itself, also with a skin tone. */
function foundSection(all: readonly NamedEmoji[], query: string, { emojis }: Texts): Section {
  const typed = readEmoji(query);
  const found = typed ? [{ emoji: typed, name: typed }] : findEmojis(all, query);
  return { id: 'found', title: emojis.found(found.length), emojis: found };
}

function groupSections(all: readonly NamedEmoji[], recent: readonly string[], { emojis }: Texts): Section[] {
  const named = new Map(all.map((one) => [one.emoji, one]));
  const last = recent.map((emoji) => named.get(emoji) ?? { emoji, name: emoji });
  const groups = Object.entries(emojis.groups).map(([id, title]) => ({
    id,
    title,
    emojis: all.filter(({ group }) => String(group) === id),
  }));
  return last.length > 0 ? [{ id: 'recent', title: emojis.recent, emojis: last }, ...groups] : groups;
}
