import { createHash } from 'node:crypto';
import { blocksIn, originalOf, read, sectionsOf } from './page.ts';

/**
 * Each translation ends with a comment, which names the sections of its original and a hash of each.
 * So it is known without git's history which sections have changed since they were translated.
 */

const comment = /\n<!-- The sections of the original[\s\S]*?-->\n$/;

/** A translation without the comment. */
export const withoutRecord = (text: string): string => text.replace(comment, '');

/** Line breaks and code that both languages share need no translation, so they do not count. */
function hashOf(text: string, translation: string): string {
  let prose = text;
  for (const block of blocksIn(text)) if (translation.includes(block.text)) prose = prose.replace(block.text, '');
  return createHash('sha256').update(prose.replace(/\s+/g, ' ')).digest('hex').slice(0, 8);
}

/** A line for each section of the original of a translation, as they are now. */
function linesFor(translation: string): string[] {
  const text = read(translation);
  return sectionsOf(read(originalOf(translation))).map((section) => `${hashOf(section.text, text)} ${section.heading}`);
}

/** The sections of the original that have changed, are new or are gone since the translation recorded them. */
export function outdatedSections(translation: string): string[] {
  const [record = ''] = comment.exec(read(translation)) ?? [];
  const before: string[] = record.match(/^[0-9a-f]{8} .+$/gm) ?? [];
  const now = linesFor(translation);
  const changed = [...now.filter((line) => !before.includes(line)), ...before.filter((line) => !now.includes(line))];
  return [...new Set(changed.map((line) => line.slice('01234567 '.length)))];
}

/** The text of a translation as it should be recorded: with a line for each section of the original as it is now. */
export function withRecord(text: string, translation: string): string {
  const head = '<!-- The sections of the original that this page translates. `npm run translations` writes them.';
  return `${withoutRecord(text)}\n${head}\n${linesFor(translation).join('\n')}\n-->\n`;
}
