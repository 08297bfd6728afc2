import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';

// `npm run lint` applies these rules to the repository. Here they are applied to files that break one each.

const project = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'architecture-'));
afterAll(() => rmSync(folder, { recursive: true }));

const below = (lower: string, higher: string) => `shared/${lower} is below shared/${higher} and must not import it.`;
const unlisted = (name: string) => `shared/${name} has no place in the order of folders.`;
const infra = 'infra/ imports only #shared/contract/.';
const functions = 'functions/ imports only #shared/... and packages, never infra/ or test/.';
const oneFunction = 'A function does not import another function.';
const shared = 'shared/ never imports infra/, functions/ or test/.';
const across = 'Import a file of another folder of shared/ as #shared/...';
const inside = 'Import a file of the same folder by its relative path';
const dynamodb = "Only shared/data/ imports DynamoDB's client and commands.";
const keys = 'Keys are written only in shared/data/keys.ts.';
const environment = 'Only shared/platform/settings.ts reads process.env.';
const importType = 'Write `import type` at the top of the file';
const cycle = 'This import is part of a cycle.';

/** A file, its text, and how the message about it begins. Every file also exports `a`, so that others can import it. */
const rejected: [file: string, text: string, message: string][] = [
  ['infra/imports-data.ts', `import { a } from '#shared/data/fine.ts';`, infra],
  ['infra/local/imports-keys.ts', `import '#shared/data/keys.ts';`, infra],
  ['infra/local/aws/dynamodb/imports-data.ts', `import '#shared/data/fine.ts';`, infra],
  ['infra/local/imports-a-type.ts', `import type { a } from '#shared/platform/fine.ts';`, infra],
  ['infra/specs/re-exports.ts', `export { a as b } from '#shared/lambda/fine.ts';`, infra],
  ['infra/imports-later.ts', `export const b = import('#shared/chats/fine.ts');`, infra],
  ['infra/local/imports-a-function.ts', `import '../../functions/users/get-me.ts';`, infra],
  ['infra/imports-a-relative-path.ts', `import '../shared/contract/fine.ts';`, infra],
  ['infra/imports-a-test.ts', `import '../test/support/fine.ts';`, infra],
  ['functions/users/imports-infra.ts', `import '../../infra/config.ts';`, functions],
  ['functions/users/imports-a-test.ts', `import '../../test/support/fine.ts';`, functions],
  ['functions/users/imports-a-neighbour.ts', `import './get-me.ts';`, oneFunction],
  ['functions/chats/imports-a-function.ts', `import type { a } from '../users/get-me.ts';`, oneFunction],
  ['functions/chats/imports-later.ts', `export const b = import('../users/get-me.ts');`, oneFunction],
  ['shared/chats/imports-infra.ts', `import '../../infra/config.ts';`, shared],
  ['shared/contract/users/imports-a-function.ts', `import '../../../functions/users/get-me.ts';`, shared],
  ['shared/chats/imports-a-test.ts', `import type { a } from '../../test/support/fine.ts';`, shared],
  ['shared/contract/imports-platform.ts', `import '#shared/platform/fine.ts';`, below('contract', 'platform')],
  ['shared/data/imports-people.ts', `import type { a } from '#shared/people/fine.ts';`, below('data', 'people')],
  ['shared/data/imports-later.ts', `export const b = import('#shared/people/fine.ts');`, below('data', 'people')],
  ['shared/texts/imports-people.ts', `import '#shared/people/fine.ts';`, below('texts', 'people')],
  ['shared/accounts/imports-assistant.ts', `import '#shared/assistant/fine.ts';`, below('accounts', 'assistant')],
  ['shared/chats/imports-changes.ts', `import '#shared/changes/fine.ts';`, below('chats', 'changes')],
  ['shared/contract/chats/imports-lambda.ts', `import '#shared/lambda/fine.ts';`, below('contract', 'lambda')],
  ['shared/chats/imports-a-new-folder.ts', `import '#shared/helpers/fine.ts';`, unlisted('helpers')],
  ['shared/chats/imports-a-loose-file.ts', `import '#shared/loose.ts';`, unlisted('loose.ts')],
  ['shared/loose.ts', `import 'jose';`, unlisted('loose.ts')],
  ['shared/helpers/imports-a-package.ts', `import 'jose';`, unlisted('helpers')],
  ['shared/chats/imports-across.ts', `import '../data/fine.ts';`, across],
  ['shared/contract/users/imports-across.ts', `import '../../platform/fine.ts';`, across],
  ['shared/data/imports-inside.ts', `import '#shared/data/fine.ts';`, inside],
  ['shared/contract/users/imports-inside.ts', `import '#shared/contract/fine.ts';`, inside],
  ['shared/chats/sends-a-command.ts', `import { GetCommand } from '@aws-sdk/lib-dynamodb';`, dynamodb],
  ['shared/chats/sends-a-command-later.ts', `export const b = import('@aws-sdk/lib-dynamodb');`, dynamodb],
  ['functions/users/has-a-client.ts', `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';`, dynamodb],
  ['infra/names-a-type.ts', `import type { AttributeValue } from '@aws-sdk/client-dynamodb';`, dynamodb],
  ['shared/data/writes-a-template.ts', `export const b = (id: string) => \`USER#\${id}\`;`, keys],
  ['shared/data/writes-a-prefix.ts', `export const b = 'CONN#';`, keys],
  ['shared/data/writes-a-sort-key.ts', `export const b = { sk: 'PROFILE' };`, keys],
  ['shared/data/compares-a-sort-key.ts', `export const b = (item: { sk: string }) => item.sk === 'PROFILE';`, keys],
  ['shared/data/writes-a-value.ts', `export const b = { ':sk': 'PROFILE' };`, keys],
  ['functions/users/writes-a-key.ts', `export const b = (id: string) => ({ pk: id, sk: 'PROFILE' });`, keys],
  ['shared/chats/reads-the-environment.ts', `export const b = process.env.STAGE;`, environment],
  ['functions/users/takes-it-apart.ts', `const { env } = process;\nexport const b = env.STAGE;`, environment],
  [
    'shared/platform/imports-process.ts',
    `import { env } from 'node:process';\nexport const b = env.STAGE;`,
    environment,
  ],
  ['shared/data/hides-a-type.ts', `export type B = import('#shared/people/fine.ts').A;`, importType],
  ['infra/circle-1.ts', `import { a as b } from './circle-2.ts';\nexport const c = b;`, cycle],
  ['infra/circle-2.ts', `import type { a as b } from './circle-1.ts';\nexport type C = typeof b;`, cycle],
  ['shared/chats/circle-1.ts', `export { a as b } from './circle-2.ts';`, cycle],
  ['shared/chats/circle-2.ts', `export { a as b } from './circle-1.ts';`, cycle],
];

const accepted: [file: string, text: string][] = [
  ['infra/config.ts', `import '#shared/contract/users/fine.ts';\nimport 'aws-cdk-lib';\nimport './local/fine.ts';`],
  ['infra/local/fine.ts', `export const b = process.env.HOST;`],
  [
    'infra/local/aws/dynamodb/fine.ts',
    `import { CreateTableCommand } from '@aws-sdk/client-dynamodb';\nimport '#shared/data/keys.ts';`,
  ],
  ['functions/users/get-me.ts', `import '#shared/data/fine.ts';\nimport '#shared/assistant/fine.ts';\nimport 'jose';`],
  ['functions/docs/get-openapi.ts', `import '../../docs/openapi.json';`],
  ['shared/contract/fine.ts', `import 'zod/mini';`],
  ['shared/contract/users/fine.ts', `import '../fine.ts';\nexport const b = 'Send a # or USER first.';`],
  ['shared/platform/fine.ts', `import '#shared/contract/fine.ts';\nimport './settings.ts';`],
  ['shared/texts/fine.ts', `import '#shared/contract/fine.ts';\nimport '#shared/platform/fine.ts';`],
  ['shared/platform/settings.ts', `export const b = process.env.STAGE;`],
  ['shared/data/fine.ts', `import './keys.ts';\nimport { GetCommand } from '@aws-sdk/lib-dynamodb';`],
  ['shared/data/keys.ts', `export const b = (id: string) => ({ pk: \`USER#\${id}\`, sk: 'PROFILE' });`],
  ['shared/people/fine.ts', `import '#shared/data/fine.ts';\nimport '#shared/contract/users/fine.ts';`],
  ['shared/chats/fine.ts', `import '#shared/google/fine.ts';\nimport '#shared/platform/fine.ts';`],
  ['shared/changes/fine.ts', `import '#shared/chats/fine.ts';`],
  ['shared/lambda/fine.ts', `import '#shared/changes/fine.ts';\nimport '#shared/tokens/fine.ts';`],
  ['shared/assistant/fine.ts', `import '#shared/accounts/fine.ts';\nimport '#shared/delivery/fine.ts';`],
  ['test/support/fine.ts', `import '../../infra/config.ts';\nimport '@aws-sdk/client-dynamodb';`],
];

const report = z.object({
  diagnostics: z.array(
    z.object({ category: z.string(), message: z.string(), location: z.nullish(z.object({ path: z.string() })) }),
  ),
});

/** The messages about the architecture, by file. */
function lint(): Map<string, string[]> {
  const biome = join(project, 'node_modules/@biomejs/biome/bin/biome');
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
  const { stdout } = spawnSync(process.execPath, [biome, ...args], { cwd: folder, encoding: 'utf8' });
  const found = new Map<string, string[]>();
  for (const { category, message, location } of z.parse(report, JSON.parse(stdout)).diagnostics) {
    const file = location?.path ?? '';
    if (/plugin|noImportCycles/.test(category)) found.set(file, [...(found.get(file) ?? []), message]);
  }
  return found;
}

let messages: Map<string, string[]>;

beforeAll(() => {
  for (const name of ['biome.json', '.biome']) cpSync(join(project, name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ imports: { '#shared/*': './shared/*' } }));
  for (const [file, text] of [...rejected, ...accepted]) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\nexport const a = 1;\n`);
  }
  messages = lint();
});

test.each(rejected)('rejects %s', (file, _, message) => {
  expect(messages.get(file)).toEqual([expect.stringContaining(message)]);
});

test.each(accepted)('accepts %s', (file) => {
  expect(messages.get(file)).toBeUndefined();
});
