/**
 * What the model writes is shown in the assistant's name, and anybody in the chat may have told the model what to write. So
 * its text can neither hide characters or change the direction of writing, nor hold a link to a meeting that we did not make.
 */

/** Control characters, and those that are invisible; without line breaks, tabs, joiners and the style of emoji. */
const invisible = /[[\p{Cc}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]--[\n\t\u200C\u200D\uFE0E\uFE0F]]/gv;
/** Joiners, which emoji and some scripts need, and others don't. */
const uselessJoiner = /(?<=[\p{ASCII}\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])[\u200C\u200D\uFE0E]+/gv;
const lineBreak = /\r\n?|[\u2028\u2029]/g;

/** The text without characters that nobody sees. */
export const visibleText = (text: string): string =>
  text.toWellFormed().replace(lineBreak, '\n').replace(invisible, '').replace(uselessJoiner, '');

interface Links {
  /** Links to meetings that Google gave us for this chat. */
  meetUrls: readonly string[];
  /** Replaces every other link to a meeting. */
  removed: string;
}

/** `visibleText` without links to meetings that we did not make. */
export const safeText = (text: string, { meetUrls, removed }: Links): string =>
  visibleText(text).replace(/\S+/g, (word) => (isForeignMeetLink(word, meetUrls) ? removed : word));

/** Whether the text has a link to a meeting that we did not make. */
export const hasForeignMeetLink = (text: string, meetUrls: readonly string[]): boolean =>
  visibleText(text)
    .split(/\s+/)
    .some((word) => isForeignMeetLink(word, meetUrls));

function isForeignMeetLink(word: string, meetUrls: readonly string[]): boolean {
  // The lookbehind keeps the search for what ends a word linear.
  if (meetUrls.includes(word.replace(/^[("<«[]+|(?<![)">»\].,;:!?])[)">»\].,;:!?]+$/g, ''))) return false;
  const seen = asSeen(word);
  if (!/:\/\/|[\p{L}\p{N}]\.[\p{L}\p{N}]/u.test(seen)) return false;
  const letters = seen.replace(/[^a-z]/g, '');
  return /meetgo+gle|go+gle(?:com)?meet|gcomeet/.test(letters) || meetingCode.test(word) || punycode.test(seen);
}

/** Behind any host, because people know the link of a meeting by it. */
const meetingCode = /\/[a-z]{3}-[a-z]{4}-[a-z]{3}(?![a-z-])/i;
/** A host that is written so that nobody can read its letters. */
const punycode = /\bxn--/;

/** What looks like the letters of "meet.google.com" and "g.co". */
const lookAlikes = new Map(
  Object.entries({ m: 'мʍᴍ', e: 'еєҽ℮εᴇ3', t: 'тτᴛ', g: 'ɡցɢ', o: 'оοօσᴏ0', c: 'сϲᴄ', l: 'iіӏιıɩǀʟ1|' }).flatMap(
    ([letter, others]) => [...others].map((other) => [other, letter] as const),
  ),
);

/** A word as a reader takes it: decoded, without accents and brackets, every letter as the one that it looks like. */
const asSeen = (word: string): string =>
  word
    .replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .normalize('NFKD')
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}[\](){}]/gu, '')
    .toLowerCase()
    .replace(/[。․‧·∙]/g, '.')
    .replace(/./gu, (letter) => lookAlikes.get(letter) ?? letter)
    .replaceAll('rn', 'm');
