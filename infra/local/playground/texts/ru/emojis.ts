import type { emojisEn } from '../en/emojis.ts';

export const emojisRu: typeof emojisEn = {
  load: async () => (await import('emojibase-data/ru/compact.json')).default,
  title: 'Эмодзи',
  search: 'Поиск эмодзи',
  none: 'Ничего не нашлось',
  found: (count) => `Найдено: ${count}`,
  recent: 'Недавние',
  groups: {
    0: 'Смайлики',
    1: 'Люди',
    3: 'Животные и природа',
    4: 'Еда и напитки',
    5: 'Путешествия и места',
    6: 'Занятия',
    7: 'Предметы',
    8: 'Символы',
    9: 'Флаги',
  },
};
