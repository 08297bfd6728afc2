import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shellBlocksOf } from '../support/shell-blocks.ts';

/** Every shell block of the pages can be pasted: it parses, and nothing in it has to be filled in by guessing. */

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = ['', 'docs/'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => folder + name),
);
const withBlocks = pages.filter((page) => shellBlocksOf(page).length > 0);

/** Words in capitals that belong to a command: HTTP, DynamoDB's expressions, CloudFormation's states, settings. */
const words = new Set(
  'GET POST PUT DELETE PATCH SET ADD REMOVE AND SYSTEM FAILED DELETE_SKIPPED ACTIVE REPORT END HOST JSON AWS ARN AWS_ROLE_ARN'.split(
    ' ',
  ),
);
/** How keys of items begin. */
const keys = new Set(read('shared/data/keys.ts').match(/\b[A-Z_]{2,}\b/g));

describe.each(withBlocks)('the commands of %s', (page) => {
  test('parse', () => {
    for (const block of shellBlocksOf(page))
      expect(spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' }).stderr, block).toBe('');
  });

  test('have no placeholder in capitals', () => {
    const commands = shellBlocksOf(page)
      .join('\n')
      .replace(/(^| )# .*/gm, '');
    const variables = new Set(Array.from(commands.matchAll(/\$\{?([A-Z_]+)/g), ([, name]) => name));
    const bare = commands.match(/(?<![$\w{.-])[A-Z][A-Z_-]+[A-Z]\b/g) ?? [];
    expect(bare.filter((word) => !variables.has(word) && !words.has(word) && !keys.has(word))).toEqual([]);
  });
});
