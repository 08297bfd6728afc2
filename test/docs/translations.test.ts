import { describe, expect, test } from 'vitest';
import { linksOf, translatedLinksOf } from '../translations/links.ts';
import { originalOf, read, sectionsOf, translations } from '../translations/page.ts';
import { outdatedSections, withoutRecord } from '../translations/record.ts';
import { factsOf, shapeOf } from '../translations/shape.ts';

/** Each page in Russian says what its original says now. */

test('finds the translations', () => {
  expect(translations).toEqual(expect.arrayContaining(['README.ru.md', 'docs/api.ru.md', 'docs/flutter.ru.md']));
});

describe.each(translations)('%s', (page) => {
  const original = originalOf(page);
  const sections = sectionsOf(read(original));
  const translated = sectionsOf(withoutRecord(read(page)));
  /** Compares the sections one by one, so that a failure names the one that differs. */
  const each = <Result>(of: (section: (typeof sections)[number]) => Result, list: typeof sections) =>
    list.map((section, index) => [sections[index]?.heading, of(section)]);

  test('is not older than its original', () => {
    const outdated = outdatedSections(page);
    const hint = `${page}: translate these sections of ${original} again, then run \`npm run translations\``;
    expect(outdated, hint).toEqual([]);
  });

  test('has the same headings, code, tables and lists', () => {
    expect(each(shapeOf, translated)).toEqual(each(shapeOf, sections));
  });

  test('leads to the same places, in Russian where they are', () => {
    const expected = each((section) => translatedLinksOf(section, page), sections);
    expect(each((section) => linksOf(section, page), translated)).toEqual(expected);
  });

  test('contains every name, error code and number of its original', () => {
    for (const [index, section] of sections.entries()) {
      const parts = translated[index] ? factsOf(translated[index], 'ru') : [];
      for (const [part, facts] of factsOf(section, 'en').entries())
        expect(parts[part], section.heading).toEqual(expect.arrayContaining(facts));
    }
  });
});
