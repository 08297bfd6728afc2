/** The texts of the emoji picker. */
export const emojisEn = {
  /** The names and keywords of all emojis in this language, which are loaded when somebody needs them. */
  load: async () => (await import('emojibase-data/en/compact.json')).default,
  title: 'Emojis',
  search: 'Search emojis',
  none: 'No emoji found',
  found: (count: number) => (count === 1 ? '1 emoji found' : `${count} emojis found`),
  recent: 'Recently used',
  /** The keys are the group numbers in the data. */
  groups: {
    0: 'Smileys',
    1: 'People',
    3: 'Animals and nature',
    4: 'Food and drink',
    5: 'Travel and places',
    6: 'Activities',
    7: 'Objects',
    8: 'Symbols',
    9: 'Flags',
  } as Record<number, string>,
};
