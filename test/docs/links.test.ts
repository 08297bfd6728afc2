import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** Every link between the project's own pages leads somewhere. */

const root = join(import.meta.dirname, '../..');
const pages = ['', 'docs'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);
const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** The anchors that GitHub makes of headings. */
const anchorsOf = (page: string) =>
  Array.from(read(page).matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

const linksOf = (page: string) =>
  Array.from(read(page).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g), ([, link, source]) => link ?? source ?? '').filter(
    (link) => !/^https?:/.test(link),
  );

test.each(pages.filter((page) => linksOf(page).length > 0))('%s has no broken links', (page) => {
  for (const link of linksOf(page)) {
    const [path = '', anchor] = link.split('#');
    const target = path ? join(dirname(page), path) : page;
    expect(existsSync(join(root, target)), `${page} links to ${link}`).toBe(true);
    if (anchor) expect(anchorsOf(target), `${page} links to ${link}`).toContain(anchor);
  }
});
