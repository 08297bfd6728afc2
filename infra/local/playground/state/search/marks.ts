/** A part of a text. */
interface Part {
  text: string;
  /** Whether it is one of the words that were searched for. */
  isMarked: boolean;
}

/** A shorter beginning of a word says too little: "ма" of "мама" is in "машина" too. */
const minBeginning = 3;
/** How much of a text is shown before and after its first marked part, in characters. */
const shown = { before: 30, after: 200 };

/**
 * A text as a hit shows it: from its first marked part on, with a few words before. The server also finds a word in its other
 * forms, so a word that is not in the text marks the words that begin as it does.
 */
export function excerpt(text: string, query: string): Part[] {
  const parts = markedParts(text, query);
  const [first, ...others] = parts;
  if (first && !first.isMarked && others.length > 0) parts[0] = { ...first, text: withoutBeginning(first.text) };
  return cut(parts, shown.after);
}

function markedParts(text: string, query: string): Part[] {
  const patterns = query
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => patternIn(text, word))
    .filter((one) => one !== undefined);
  if (patterns.length === 0) return [{ text, isMarked: false }];
  // The text between the matches, and the matches, in turns.
  return text
    .split(new RegExp(`(${patterns.join('|')})`, 'giu'))
    .map((part, n) => ({ text: part, isMarked: n % 2 === 1 }))
    .filter((part) => part.text);
}

/** What finds a word in a text: itself, or else the longest beginning of it that the text has, with the rest of that word. */
function patternIn(text: string, word: string): string | undefined {
  const whole = patternOf(word);
  if (isIn(text, whole)) return whole;
  const letters = Array.from(word);
  for (let length = letters.length - 1; length >= Math.max(minBeginning, letters.length / 2); length--) {
    const beginning = `${patternOf(letters.slice(0, length).join(''))}\\p{L}*`;
    if (isIn(text, beginning)) return beginning;
  }
  return undefined;
}

const isIn = (text: string, pattern: string): boolean => new RegExp(pattern, 'iu').test(text);

const patternOf = (word: string): string => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/[её]/giu, '[её]');

/** Begins with a whole word if there is a blank not far away. */
function withoutBeginning(text: string): string {
  if (text.length <= 2 * shown.before) return text;
  const end = text.slice(-shown.before);
  return `…${end.slice(end.search(/\s/) + 1).replace(/^[\uDC00-\uDFFF]/, '')}`;
}

/** The first parts, with so many characters together. */
function cut(parts: readonly Part[], length: number): Part[] {
  let left = length;
  return parts.flatMap((part) => {
    const characters = Array.from(part.text);
    const text = characters.length > left ? `${characters.slice(0, left).join('')}…` : part.text;
    const isShown = left > 0;
    left -= characters.length;
    return isShown ? [{ ...part, text }] : [];
  });
}
