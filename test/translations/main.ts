import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withRussianLinks } from './links.ts';
import { read, translations } from './page.ts';
import { outdatedSections, withRecord } from './record.ts';

/** `npm run translations`: records that each page in Russian translates its original as it is now. See docs/develop.md. */

for (const page of translations) {
  const sections = outdatedSections(page);
  if (sections.length > 0) console.log(`${page}: recorded ${sections.join('; ')}`);
  const text = withRecord(withRussianLinks(page), page);
  if (text !== read(page)) writeFileSync(join(import.meta.dirname, '../..', page), text);
}
