/** Capital letters of other scripts and the Latin ones (or the digit) that they look like. */
const cyrillic = ['АВСЕНІЈКМОРЅТУҮХԚԜЗ', 'ABCEHIJKMOPSTYYXQW3'] as const;
const greek = ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'] as const;

const pairsOf = (letters: string, latin: string) => [...letters].map((letter, n) => [letter, latin[n] ?? ''] as const);

/** No small Greek letters, because some of them look like other letters than their capitals: ν like v, Ν like N. */
const latinOf = new Map([
  ...pairsOf(...cyrillic),
  ...pairsOf(cyrillic[0].toLowerCase(), cyrillic[1]),
  ...pairsOf(...greek),
]);

/** Turns look-alikes into Latin letters, and everything into capitals. */
export const inLatin = (text: string): string =>
  [...text]
    .map((letter) => latinOf.get(letter) ?? letter)
    .join('')
    .toUpperCase();
