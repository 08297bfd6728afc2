/** The length in UTF-16 units of the first `count` code points. */
function lengthOf(text: string, count: number): number {
  let length = 0;
  for (let n = 0; n < count && length < text.length; n++) length += (text.codePointAt(length) ?? 0) > 0xffff ? 2 : 1;
  return length;
}

/**
 * The beginning of a text, at most `maxLength` code points, without a part of the character that a reader sees at its end: a
 * flag, a family, a letter with its accents. Only a single one that is longer by itself is cut inside.
 */
export function cut(text: string, maxLength: number): string {
  const end = lengthOf(text, maxLength);
  if (end === text.length) return text;
  // One more code point shows whether it belongs to the last character. The rest of a long text costs no work.
  const beginning = text.slice(0, lengthOf(text, maxLength + 1));
  const start = new Intl.Segmenter('en').segment(beginning).containing(end)?.index ?? 0;
  return text.slice(0, start === 0 ? end : start);
}
