import { blocksIn, type Section, withoutBlocks } from './page.ts';

/** What a page and its translation have in common, section by section. */

const inlineCode = /`([^`\n]+)`/g;
const unique = (values: string[]) => [...new Set(values)].toSorted();

const namesIn = (text: string) => unique(Array.from(text.matchAll(inlineCode), ([, name = '']) => name));

/** The code without its comments. Of plain text and diagrams, which are translated, only the number of lines counts. */
const codeOf = (text: string) =>
  blocksIn(text).map(({ language, code }) =>
    ['', 'mermaid'].includes(language)
      ? `${code.split('\n').length} lines of ${language || 'text'}`
      : code.replace(/(^|\s)(?:#|\/\/\/?) .*/gm, '$1'),
  );

/** Of each row the number of its cells, and the names in the first one. */
const tablesOf = (prose: string) =>
  (prose.match(/(?:^\|.*\n)+/gm) ?? []).map((table) =>
    table
      .trim()
      .split('\n')
      .map((row) => {
        const cells = row.split(/(?<!\\)\|/).slice(1, -1);
        return [cells.length, ...namesIn(cells[0] ?? '')].join(' ');
      }),
  );

/** The paragraphs, list items and table rows of a section. */
const partsOf = (text: string) =>
  withoutBlocks(text)
    .trim()
    .split(/\n(?=\|)|\n(?= *(?:[-*]|\d+\.) )|\n\n+/);

/** The level of a section, its code, the rows of its tables, and how many parts it has. */
export const shapeOf = ({ level, text }: Section) => ({
  level,
  code: codeOf(text),
  tables: tablesOf(withoutBlocks(text)),
  parts: partsOf(text).length,
});

/** The numbers in a text: 10,000 and 5.5 in English, 10 000 and 5,5 in Russian, are 10000 and 5.5. */
function numbersIn(text: string, language: 'en' | 'ru'): string[] {
  const thousands = language === 'en' ? /(?<=\d),(?=\d{3}(?!\d))/g : /(?<=\d)[ \u00A0](?=\d{3}(?!\d))/g;
  const prose = text.replace(inlineCode, '').replace(/\]\([^)\s]+\)|src="[^"]+"/g, '');
  const numbers = prose.replace(thousands, '').match(/\d+(?:[.,]\d+)?/g) ?? [];
  return unique(numbers.map((number) => number.replace(',', '.')));
}

/** Of each part the numbers, and what stands in backticks: names of fields, error codes, requests. */
export const factsOf = ({ text }: Section, language: 'en' | 'ru'): string[][] =>
  partsOf(text).map((part) => [...namesIn(part), ...numbersIn(part, language)]);
