import { useRef } from 'preact/hooks';
import type { NamedEmoji } from './emoji-data.ts';

export interface Section {
  id: string;
  title: string;
  emojis: readonly Pick<NamedEmoji, 'emoji' | 'name'>[];
}

/** The emoji that stands for each group. */
const signs: Record<string, string> = {
  recent: '🕘',
  0: '😀',
  1: '👋',
  3: '🐶',
  4: '🍔',
  5: '🚗',
  6: '⚽',
  7: '💡',
  8: '💛',
  9: '🏁',
};

interface SectionsProps {
  sections: readonly Section[];
  onPick(emoji: string): void;
}

/** The emojis with their headings, and for each heading a button that scrolls to it. */
export function EmojiSections({ sections, onPick }: SectionsProps) {
  const list = useRef<HTMLDivElement>(null);
  const show = (id: string) => list.current?.querySelector(`[data-group="${id}"]`)?.scrollIntoView({ block: 'start' });
  const [first] = sections;
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the clicks of the buttons in it */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a key on a button is a click */}
      <div
        ref={list}
        class="emoji-list"
        onClick={({ target }) => {
          const emoji = target instanceof HTMLElement && target.dataset.emoji;
          if (emoji) onPick(emoji);
        }}
      >
        {sections.map((section) => (
          <EmojiSection key={section.id} section={section} isFirst={section === first} />
        ))}
      </div>
      {sections.length > 1 && (
        <div class="emoji-groups">
          {sections.map(({ id, title }) => (
            <button key={id} type="button" class="quiet" aria-label={title} title={title} onClick={() => show(id)}>
              {signs[id]}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

/** Tab goes to the first emoji, and from there to the groups; the arrow keys go through the emojis. */
const EmojiSection = ({ section: { id, title, emojis }, isFirst }: { section: Section; isFirst: boolean }) => (
  <section data-group={id} aria-label={title}>
    <h3>{title}</h3>
    <div class="emoji-grid">
      {emojis.map(({ emoji, name }, n) => (
        <button
          key={emoji}
          type="button"
          data-emoji={emoji}
          aria-label={name}
          title={name}
          tabIndex={isFirst && n === 0 ? 0 : -1}
        >
          {emoji}
        </button>
      ))}
    </div>
  </section>
);
