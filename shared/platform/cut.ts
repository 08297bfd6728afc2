/** The length of the character that begins here, UTF-16 units. */
const unitsAt = (text: string, index: number): number => ((text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1);

/** Where the code points end that fit, UTF-16 units. */
function endOf(text: string, max: number, sizeOf: (codePoint: string) => number): number {
  let end = 0;
  for (let left = max; end < text.length; ) {
    const next = end + unitsAt(text, end);
    left -= sizeOf(text.slice(end, next));
    if (left < 0) break;
    end = next;
  }
  return end;
}

/**
 * The beginning of a text, at most `max` code points or other units of which `sizeOf` says how many a code point takes,
 * without a part of the character that a reader sees at its end: a flag, a family, a letter with its accents. Only a single
 * one that is longer by itself is cut inside.
 */
export function cut(text: string, max: number, sizeOf: (codePoint: string) => number = () => 1): string {
  const end = endOf(text, max, sizeOf);
  if (end === text.length) return text;
  // One more code point shows whether it belongs to the last character. The rest of a long text costs no work.
  const beginning = text.slice(0, end + unitsAt(text, end));
  const start = new Intl.Segmenter('en').segment(beginning).containing(end)?.index ?? 0;
  return text.slice(0, start === 0 ? end : start);
}

export const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** What a code point takes inside a text in JSON, in bytes. */
export const escapedBytes = (codePoint: string): number => jsonBytes(codePoint) - 2;
