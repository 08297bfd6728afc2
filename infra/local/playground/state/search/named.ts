/** Whether a name has all words of a query, or parts of its words that are written so. */
export const isNamed = (name: string, query: string): boolean =>
  wordsOf(query).every((word) => fold(name).includes(word));

const wordsOf = (query: string): string[] => fold(query).split(/\s+/).filter(Boolean);

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');
