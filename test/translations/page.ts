import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The text of a page, by its path in the repository. */
export const read = (page: string): string => readFileSync(join(root, page), 'utf8');

export const exists = (path: string): boolean => existsSync(join(root, path));

/** README.ru.md and the pages of docs/ in Russian. */
export const translations: string[] = ['', 'docs'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ru.md'))
    .map((name) => join(folder, name)),
);

/** docs/api.md for docs/api.ru.md. */
export const originalOf = (translation: string): string => translation.replace(/\.ru\.md$/, '.md');

export interface Section {
  heading: string;
  level: number;
  /** What is below the heading, up to the next one of any level. */
  text: string;
}

const fenced = /^( *)```(\w*)\n(.*?)^\1```$/gms;

/** The sections of a page, one for each heading. */
export function sectionsOf(page: string): Section[] {
  // Inside a code block, a line that starts with # is a comment.
  const text = page.replace(fenced, (block) => block.replace(/^#/gm, '\0'));
  return text.split(/^(?=#+ )/m).map((section) => {
    const [, marks = '', heading = '', below = ''] = /^(#*) ?(.*)\n([\s\S]*)$/.exec(section) ?? [];
    return { heading, level: marks.length, text: below.replaceAll('\0', '#') };
  });
}

/** The anchor that GitHub makes of a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

export interface Block {
  /** With its fences. */
  text: string;
  language: string;
  code: string;
}

export const blocksIn = (text: string): Block[] =>
  Array.from(text.matchAll(fenced), ([block, , language = '', code = '']) => ({ text: block, language, code }));

export const withoutBlocks = (text: string): string => text.replace(fenced, '');
