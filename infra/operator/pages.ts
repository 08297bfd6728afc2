import type { Command } from '#shared/contract/operator/command.ts';
import type { Input } from './commands.ts';
import type { Api } from './send.ts';

type Page = Record<string, unknown>;

/** The pages of an answer as one: the fields of the first, with the lists of all. The last page says where to go on. */
export async function joinPages(
  { ask }: Api,
  command: Command,
  input: Input,
  { isEnough, progress }: { isEnough: (joined: Page) => boolean; progress: (joined: Page) => void },
): Promise<Page> {
  let joined = await ask(command, input);
  while (typeof joined.cursor === 'string' && !isEnough(joined)) {
    progress(joined);
    const page = await ask(command, { ...input, cursor: joined.cursor });
    joined = { ...joined, ...withLists(joined, page), cursor: page.cursor };
  }
  return joined;
}

/** The fields of a page, its lists after those of the pages before. */
const withLists = (before: Page, page: Page): Page =>
  Object.fromEntries(
    Object.entries(page).map(([name, value]) => {
      const earlier = before[name];
      return [name, Array.isArray(value) && Array.isArray(earlier) ? [...earlier, ...value] : value];
    }),
  );

/** How many elements the lists of a page have. */
export const lengthOf = (page: Page): number =>
  Object.values(page).reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0);
