import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { messageMetadata } from '#shared/contract/chats/message.ts';
import { fileDescription } from '#shared/contract/files/attachment.ts';
import { createFile } from '#shared/contract/files/create-file.ts';
import { fileTypes, maxThumbnailBytes, pictureTypes } from '#shared/contract/files/types.ts';
import { endpoints } from '#shared/contract/index.ts';
import { fieldRules } from '#shared/contract/problem.ts';
import { problems } from '#shared/contract/problems.ts';
import { settings } from '../../infra/config.ts';
import { openDemoChat } from '../../infra/local/console/open-demo-chat.ts';
import { Runner } from '../../infra/local/runner.ts';
import { type Json, request } from '../support/api-client.ts';
import { newPerson } from '../support/people.ts';
import { shellBlocksUnder } from '../support/shell-blocks.ts';
import { aws } from '../support/stand-ins/aws.ts';

/** "Files" in docs/api.md: its commands work, and its tables agree with the contract. */

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/api.md'), 'utf8');
const [, rest = ''] = page.split('\n## Files\n');
const [section = ''] = rest.split('\n## ');
const matches = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, match = '']) => match);
const under = (heading: string) => section.split(`\n### ${heading}\n`)[1]?.split('\n### ')[0] ?? '';

let runner: Runner;
beforeAll(async () => {
  runner = await Runner.start({ port: 0, dynamodb: inject('dynamodb'), secrets: aws.secrets, log: () => {} });
  await openDemoChat(runner.url, true);
});
afterAll(() => runner?.close());

test('the commands send a photo and download it', async () => {
  const blocks = shellBlocksUnder('docs/api.md', 'Send a photo');
  expect(blocks).toHaveLength(5);
  const script = blocks.join('\n').replaceAll('localhost:3000', new URL(runner.url).host);
  const { stdout } = await promisify(execFile)('bash', ['-eo', 'pipefail', '-c', script], { cwd: root });
  const [announced = '', status, sent = '', same] = stdout.trim().split('\n');
  const { upload, file } = JSON.parse(announced);
  // The command has them written out.
  expect(upload.headers).toEqual({ 'content-type': 'image/png', 'if-none-match': '*' });
  expect(blocks[2]).toContain("-H 'content-type: image/png' -H 'if-none-match: *'");
  expect(status).toBe('200');
  expect(JSON.parse(sent).message.attachments).toMatchObject([{ id: file.id, name: 'chat.png' }]);
  expect(same).toBe('the same bytes');
});

test('what it says of uploads is what S3 answers', async () => {
  const { token } = await newPerson();
  const announce = async () => {
    const body = { name: 'a.txt', mimeType: 'text/plain', size: 5, purpose: 'message' };
    return (await request(runner.url, 'POST', '/files', { token, body })).body.upload as Json;
  };
  const put = async ({ url, headers }: Json, body = 'Hello') => {
    const response = await fetch(url, { method: 'PUT', headers, body });
    const [, code = ''] = /<Code>(\w+)/.exec(await response.text()) ?? [];
    return `${response.status} ${code}`.trim();
  };
  const upload = await announce();
  const other = await announce();
  const answers = {
    first: await put(upload),
    again: await put(upload),
    longer: await put(other, 'Hello!'),
    withoutHeaders: await put({ url: other.url, headers: {} }),
  };
  expect(answers).toEqual({
    first: '200',
    again: '412 PreconditionFailed',
    longer: '403 SignatureDoesNotMatch',
    withoutHeaders: '403 SignatureDoesNotMatch',
  });
  for (const answer of [answers.again, answers.longer])
    expect(under('Refusals')).toContain(answer.replace(/ (\w+)/, ' `$1`'));
});

test('lists the types of the contract', () => {
  const [table = ''] = matches(under('Types and limits'), /\n\|---.*?\n(.*?)\n\n/gs);
  const named = matches(table, /`((?:image|video|audio|text|application)\/[^`]+)`/g);
  const office = named.pop();
  expect(office).toMatch(/\.\.\.$/);
  const known = Object.keys(fileTypes);
  const [ofOffice, others] = [true, false].map((is) =>
    known.filter((type) => type.startsWith(office?.replace('...', '') ?? '') === is),
  );
  expect(ofOffice).toHaveLength(3);
  expect(named.sort()).toEqual(others?.sort());
  expect(pictureTypes).toEqual(['image/jpeg', 'image/png', 'image/webp']);
  expect(section).toContain('Avatars and group pictures are JPEG, PNG or WebP.');
});

test('names the limits that a stage has by default', () => {
  const { files } = settings.parse({});
  if (!files) throw new Error('By default a stage has files.');
  const sizes = matches(under('Types and limits'), /\| (\d+) MB \|/g).map(Number);
  expect(sizes).toEqual([files.maxImageMb, files.maxFileMb, files.maxFileMb, files.maxFileMb]);
  expect(section).toContain(`A user may upload ${files.dailyMb} MB in a day`);
  const [perHour] = createFile.limits ?? [];
  expect(section).toContain(`announce ${perHour?.allow} files in an hour`);
});

test('describes the fields that a client adds', () => {
  const [table = ''] = matches(under('What a client adds'), /\n\|---.*?\n(.*?)\n\n/gs);
  const named = matches(table.replace(/ \| [^|]* \| .*/g, ''), /`(\w+)`/g);
  const { name, mimeType, size, ...optional } = fileDescription;
  expect(named.sort()).toEqual([...Object.keys(optional), 'thumbnail'].sort());
  expect(section).toContain(`at most ${maxThumbnailBytes.toLocaleString('en')} bytes`);
  const [body = ''] = matches(section, /`POST \/files` \| `\{(.*?)\}`/g);
  expect(body.replaceAll('?', '').split(', ').sort()).toEqual(Object.keys(createFile.body?.shape ?? {}).sort());
});

test('names the codes of all refusals, and the rules of files', () => {
  const refusals = under('Refusals');
  for (const code of [
    'file_too_large',
    'daily_upload_limit',
    'files_not_configured',
    'file_refused',
    'invalid_file_url',
  ])
    expect(refusals, code).toContain(`${problems[code as keyof typeof problems].status} `);
  const named = matches(refusals, /\d{3} `(\w+)`/g).filter((code) => /^[a-z_]+$/.test(code));
  for (const code of named) expect(Object.keys(problems)).toContain(code);
  expect(named).toEqual(
    expect.arrayContaining(['file_too_large', 'daily_upload_limit', 'files_not_configured', 'file_refused']),
  );
  expect(named).toContain('invalid_file_url');
  const [row = ''] = matches(page, /^\| (.*`unknown_file`.*?) \|/gm);
  expect(matches(row, /`(\w+)`/g)).toEqual(fieldRules.slice(fieldRules.indexOf('unknown_file')));
});

test('lists all endpoints of files', () => {
  const named = Array.from(
    section.matchAll(/`(POST|PUT|DELETE) ([/\w{}]+)`/g),
    ([, method, path]) => `${method} ${path}`,
  );
  const known = endpoints.filter(({ path }) => /^\/files|\/(avatar|picture)$/.test(path));
  expect(known).toHaveLength(5);
  const table = section.split('\n\n')[2] ?? '';
  for (const { method, path } of known) {
    const isNamed = named.includes(`${method} ${path}`) || table.includes(`\`PUT\`, \`DELETE ${path}\``);
    expect(isNamed, `${method} ${path}`).toBe(true);
  }
});

test('names the placeholders', () => {
  const { options } = messageMetadata.shape.placeholder._zod.def.innerType;
  const [codes = ''] = matches(section, /`metadata\.placeholder` says so \((.*?)\)/g);
  expect(matches(codes, /`(\w+)`/g)).toEqual(options);
});

test('the table of events names all of them', () => {
  const [table = ''] = matches(page, /\| `metadata\.event` \|.*?\n\|---.*?\n(.*?)\n\n/gs);
  const named = matches(table.replace(/ \| .*/g, ''), /`(\w+)`/g);
  expect(named.sort()).toEqual([...messageMetadata.shape.event._zod.def.innerType.options].sort());
});
