import { basename, dirname, join, normalize, relative } from 'node:path';
import { anchorOf, exists, originalOf, read, type Section, sectionsOf, translations, withoutBlocks } from './page.ts';

/** The links of a translation lead to the pages in Russian where they exist. */

interface Place {
  /** A path in the repository, or a URL. */
  path: string;
  anchor?: string | undefined;
}

const placeOf = (link: string, page: string): Place => {
  if (/^https?:/.test(link)) return { path: link };
  const [path = '', anchor] = link.split('#');
  return { path: path ? normalize(join(dirname(page), path)) : page, anchor };
};

const placesIn = ({ text }: Section, page: string) =>
  Array.from(withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g), ([, href, src]) =>
    placeOf(href ?? src ?? '', page),
  );

const namesOf = (places: Place[]) =>
  [...new Set(places.map(({ path, anchor }) => (anchor === undefined ? path : `${path}#${anchor}`)))].toSorted();

/** The same place for readers of a translation: the picture, or the page at the heading with the same position. */
function inRussian({ path, anchor }: Place, translation: string): Place {
  // The two links from one language to the other.
  if (path === translation || path === originalOf(translation)) {
    if (anchor === undefined) return { path: originalOf(translation) };
  }
  const picture = path.replace(/\.png$/, '.ru.png');
  if (picture !== path && exists(picture)) return { path: picture };
  const page = translations.find((one) => originalOf(one) === path);
  if (!page) return { path, anchor };
  const position = sectionsOf(read(path)).findIndex(({ heading }) => anchorOf(heading) === anchor);
  const heading = sectionsOf(read(page))[position]?.heading;
  return { path: page, anchor: heading === undefined ? anchor : anchorOf(heading) };
}

/** Where a section leads to, by paths in the repository. */
export const linksOf = (section: Section, page: string): string[] => namesOf(placesIn(section, page));

/** Where the translation of a section should lead to. */
export const translatedLinksOf = (section: Section, translation: string): string[] =>
  namesOf(placesIn(section, originalOf(translation)).map((place) => inRussian(place, translation)));

/** The text of a translation with its links to pages in English replaced, where these exist in Russian. */
export const withRussianLinks = (translation: string): string =>
  read(translation).replace(/\[([^\]]*)\]\(([^)\s]+\.md(?:#[^)\s]*)?)\)/g, (link, text: string, target: string) => {
    const place = placeOf(target, translation);
    const { path, anchor } = inRussian(place, translation);
    if (path === place.path) return link;
    const words = text.replace(basename(place.path), basename(path));
    return `[${words}](${relative(dirname(translation), path)}${anchor === undefined ? '' : `#${anchor}`})`;
  });
