import { stemmer } from '@orama/stemmers/russian';

/** Whether a text matches a query, the same for every language but Russian, whose words have a dozen forms each. */

/** What Russian and most European texts have none of, which is quick to see: accents by themselves, and other scripts. */
const others = /[\u0300-\u036F\u0483-\u0489\u0591-\uFFFF]/;
/**
 * More accents on a letter than any language has. Sorting them takes quadratic time: 13 ms for a message of nothing else, and
 * a search reads hundreds. The two half-width characters become accents.
 */
const manyMarks = /([\p{M}\uFF9E\uFF9F]{10})[\p{M}\uFF9E\uFF9F]+/gu;

/** Texts in the form in which they are compared: of one width and case, and with е for ё, as most people type it. */
function plain(text: string): string {
  const sortable = others.test(text) ? text.replace(manyMarks, '$1') : text;
  return sortable.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');
}

const russianWord = /[а-я]+/y;
const isRussian = (word: string): boolean => /^[а-я]+$/.test(word);

/** A check whether a text contains every word of the query as a part, or a Russian word in another form. */
export function matcherOf(query: string): (text: string) => boolean {
  const words = new Set(plain(query).split(/\s+/));
  words.delete('');
  // A long word is the least frequent.
  const checks = [...words].sort((a, b) => b.length - a.length).map(checkOf);
  return (text) => {
    const searched = plain(text);
    return checks.every((contains) => contains(searched));
  };
}

function checkOf(word: string): (text: string) => boolean {
  if (!isRussian(word)) return (text) => text.includes(word);
  const stem = stemmer(word);
  return (text) => text.includes(word) || hasForm(text, stem);
}

/** Whether one of the text's words has this stem, with which each of its forms begins. */
function hasForm(text: string, stem: string): boolean {
  for (let at = text.indexOf(stem); at >= 0; at = text.indexOf(stem, at + 1)) {
    if (at > 0 && isRussian(text.charAt(at - 1))) continue;
    russianWord.lastIndex = at;
    if (stemmer(russianWord.exec(text)?.[0] ?? '') === stem) return true;
  }
  return false;
}
