import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { translations } from './page.ts';
import { outdatedSections, recorded } from './record.ts';

/** `npm run translations`: records that each page in Russian translates its original as it is now. See docs/develop.md. */

for (const page of translations) {
  const sections = outdatedSections(page);
  if (sections.length === 0) continue;
  writeFileSync(join(import.meta.dirname, '../..', page), recorded(page));
  console.log(`${page}: recorded ${sections.join('; ')}`);
}
