import type { Texts } from '../../texts/en/index.ts';
import { readEmoji } from './read-emoji.ts';

export interface NamedEmoji {
  emoji: string;
  name: string;
  /** Its name and keywords in lower case, each after a space. */
  words: string;
  group: number;
}

const loaded = new WeakMap<Texts, Promise<NamedEmoji[]>>();

/** All emojis that this browser knows, in their usual order, with names in the user's language. */
export function loadEmojis(texts: Texts): Promise<NamedEmoji[]> {
  const known = loaded.get(texts);
  if (known) return known;
  const loading = read(texts);
  loaded.set(texts, loading);
  // Without network now, perhaps with it later.
  loading.catch(() => loaded.delete(texts));
  return loading;
}

async function read({ emojis }: Texts): Promise<NamedEmoji[]> {
  const all = await emojis.load();
  return all
    .toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0))
    .flatMap(({ unicode, label, tags = [], group = -1 }) => {
      const emoji = readEmoji(unicode);
      if (!emoji || emojis.groups[group] === undefined) return [];
      return [{ emoji, name: label, words: folded(` ${label} ${tags.join(' ')}`), group }];
    });
}

/** Those of which the name or a keyword begins with each word of the query; those that the name begins with first. */
export function findEmojis(all: readonly NamedEmoji[], query: string): NamedEmoji[] {
  const wanted = folded(query).split(/\s+/).filter(Boolean);
  const found = all.filter(({ words }) => wanted.every((word) => words.includes(` ${word}`)));
  const isFirst = ({ words }: NamedEmoji) => words.startsWith(` ${wanted[0] ?? ''}`);
  return [...found.filter(isFirst), ...found.filter((one) => !isFirst(one))];
}

const folded = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[-:,“”«»]/g, ' ');
