import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The shell blocks in a text, without their indentation. */
function shellBlocksIn(text: string): string[] {
  return Array.from(text.matchAll(/^( *)```sh\n(.*?)^\1```$/gms), ([, indent = '', block = '']) =>
    block.replace(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

/** The shell blocks of one of the project's pages, such as docs/operate.md. */
export const shellBlocksOf = (page: string): string[] => shellBlocksIn(readFileSync(join(root, page), 'utf8'));

/** The same below one heading, up to the next one. */
export function shellBlocksUnder(page: string, heading: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  const [, section = ''] = text.split(new RegExp(`^#+ ${heading}\n`, 'm'));
  return shellBlocksIn(section.split(/^#+ /m)[0] ?? '');
}
