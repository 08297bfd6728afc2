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

/** The level of a section, its code, the rows of its tables, and the number of its list items. */
export function shapeOf({ level, text }: Section) {
  const prose = withoutBlocks(text);
  return {
    level,
    code: codeOf(text),
    tables: tablesOf(prose),
    items: (prose.match(/^ *(?:[-*]|\d+\.) /gm) ?? []).length,
  };
}

/** What stands in backticks: names of fields, error codes, requests. */
export const namesOf = ({ text }: Section): string[] => namesIn(withoutBlocks(text));

/** The numbers in the prose: 10,000 and 5.5 in English, 10 000 and 5,5 in Russian, are 10000 and 5.5. */
export function numbersOf({ text }: Section, language: 'en' | 'ru'): string[] {
  const thousands = language === 'en' ? /(?<=\d),(?=\d{3}(?!\d))/g : /(?<=\d)[ \u00A0](?=\d{3}(?!\d))/g;
  const prose = withoutBlocks(text)
    .replace(inlineCode, '')
    .replace(/\]\([^)\s]+\)|src="[^"]+"/g, '');
  const numbers = prose.replace(thousands, '').match(/\d+(?:[.,]\d+)?/g) ?? [];
  return unique(numbers.map((number) => number.replace(',', '.')));
}
