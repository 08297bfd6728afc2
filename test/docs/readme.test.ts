import { execFile } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Started, startProcess } from '../support/processes.ts';
import { AwsAccount, region } from '../support/stand-ins/aws-account.ts';

/** README.md, README.ru.md and docs/develop.md: each command in them is run in a copy of the project, with its own `npm start`. */

// Whole commands run beside other tests on the same cores.
vi.setConfig({ testTimeout: 600_000 });

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const blocksOf = (text: string, language: string) =>
  Array.from(text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms')), ([, block = '']) => block);
const inlineOf = (text: string) =>
  Array.from(text.matchAll(/`((?:npm|npx|git) [^`\n]+)`/g), ([, command = '']) => command);

const readme = read('README.md');
const [start = '', tests = '', ...others] = blocksOf(readme, 'sh');
const tour = others.slice(0, 5);
const [deployment = ''] = others.slice(5);

const develop = read('docs/develop.md');
const [listing = '', counting = ''] = blocksOf(develop, 'sh');
/** New files of the example, by their paths. */
const newFiles = Array.from(develop.matchAll(/^`(\S+\.ts)`:\n\n```ts\n(.*?)^```/gms), ([, path = '', text = '']) => ({
  path,
  text,
}));
const grant = blocksOf(develop, 'ts').find((block) => block.startsWith('    ')) ?? '';

const folder = mkdtempSync(join(tmpdir(), 'chat-readme-'));
const copy = join(folder, 'copy');
const ran = new Set<string>();
let runner: Started;
let host: string;

/** Runs a command of the README as if it was pasted into a shell. */
async function run(command: string, env: Record<string, string> = {}, before = ''): Promise<string> {
  ran.add(command.trim());
  const script = (before + command).replaceAll('localhost:3000', host);
  const { stdout } = await promisify(execFile)('bash', ['-eo', 'pipefail', '-c', script], {
    cwd: copy,
    env: { PATH: process.env.PATH, HOME: homedir(), ...env },
  });
  return stdout;
}

beforeAll(async () => {
  const left = new Set(['node_modules', '.git', '.local', 'cdk.out']);
  cpSync(root, copy, { recursive: true, filter: (path) => !left.has(basename(path)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  // Not what an operator has written into it.
  const stages = { prod: {}, dev: {} };
  writeFileSync(join(copy, 'cdk.json'), JSON.stringify({ ...JSON.parse(read('cdk.json')), context: { stages } }));
  // The tests' own assistant has no suggestions.
  runner = startProcess(['npm', 'start'], { cwd: copy, env: { PORT: '0', OPENAI_BASE_URL: '' } });
  const [, url = ''] = await runner.says(/REST +http:\/\/(\S+)/);
  host = url;
  await runner.says(/Ctrl-C/);
});
afterAll(async () => {
  // Emitted when every process that writes to its output has ended, not only npm.
  const closed = once(runner.child, 'close');
  runner.child.kill('SIGTERM');
  await closed;
  rmSync(folder, { recursive: true, force: true });
});

test('the first two commands are covered here and in .ci/run', () => {
  expect([start, tests]).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n']);
  expect(read('.ci/run')).toContain(tests.trim());
  // test/infra/preflight/main.test.ts runs it.
  ran.add('npm run preflight');
  // test/conformance runs all of it against a backend.
  ran.add('npm run conformance -- http://localhost:3000 --specification-only');
  // .ci/run runs it against a port of its own, test/smoke/smoke.test.ts with faults.
  expect(read('.ci/run')).toContain('npm run smoke -- "$url"');
  ran.add('npm run smoke -- http://localhost:3000');
  // test/e2e/start.test.ts starts it with --chaos.
  for (const command of [start, 'npm start', 'npm start -- --chaos', tests]) ran.add(command.trim());
});

test('the tour ends with a chat of two people and the assistant', async () => {
  await run(tour.join(''));
  // Pasted again, it does the same.
  const output = await run(tour.join(''));
  for (const block of tour) ran.add(block.trim());
  expect(output).toMatch(/"group":.*"name":"Weekend"/);
  expect(output).toMatch(/^\{.*"content":"Hills or lake\?".*"seq":3/m);
  expect(output).toMatch(/^\{"type":"synced",/m);
  const { messages } = JSON.parse(output.slice(output.lastIndexOf('{"messages"')));
  expect(messages).toMatchObject([
    { type: 'system', metadata: { event: 'created' } },
    { type: 'system', userName: 'Boris', metadata: { event: 'joined' } },
    {
      ...{ type: 'text', userName: 'Boris', content: 'Hills or the lake?', clientId: 'boris-1' },
      ...{ version: 2, reactions: [{ emoji: '👍', count: 1 }] },
    },
    { type: 'ai', metadata: { question: 'Hills or lake?' } },
  ]);
});

test('the example endpoint of docs/develop.md is served and passes the tests of the contract', async () => {
  expect(newFiles.map(({ path }) => path)).toEqual([
    'shared/contract/chats/count-chats.ts',
    'functions/chats/count-chats.ts',
  ]);
  for (const { path, text } of newFiles) writeFileSync(join(copy, path), text);
  const grants = join(copy, 'infra/grants.ts');
  writeFileSync(grants, readFileSync(grants, 'utf8').replace("\n    'not-found'", `\n${grant}    'not-found'`));
  await run(listing);
  await runner.says(/chats\/index\.ts has changed[\s\S]*Reloaded/);
  expect(JSON.parse(await run(counting, {}, tour[0]))).toEqual({ count: expect.any(Number) });
  await run('npm run specs');
  await run('npm run format');
  await run('npx tsc --project .');
  await run('npx vitest --root . run test/functions/chats/list-chats.test.ts');
  await run('npx vitest --root . run test/docs/flutter/contract.test.ts test/docs/specs.test.ts');
});

test('npm start -- --help lists the settings', async () => {
  expect(await run('npm start -- --help')).toContain('PORT=3000');
});

test('npm run costs prints which quota binds first', async () => {
  expect(await run('npm run costs')).toMatch(/^API Gateway: requests and frames\/s, 10,000 .* fit /m);
});

test('npm run translations records which sections of a page have changed', async () => {
  appendFileSync(join(copy, 'docs/api.md'), '\nOne more sentence.\n');
  expect(await run('npm run translations')).toMatch(/^docs\/api\.ru\.md: recorded Generated clients$/m);
});

test('npm run operator lists the reports of the running backend', async () => {
  ran.add('npm run operator -- reports');
  expect(await run('npm run operator -- reports --url http://localhost:3000')).toMatch(/^(No reports\.|MESSAGE)/m);
});

test('two commands deploy the stack', async () => {
  const aws = await new AwsAccount().start();
  const home = join(folder, 'home');
  mkdirSync(home);
  // Nobody could answer a question.
  writeFileSync(join(home, '.cdk.json'), '{"requireApproval":"never"}');
  const credentials = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: region };
  await run(deployment, { ...credentials, AWS_ENDPOINT_URL: aws.url, HOME: home });
  expect(Array.from(aws.stacks, ([name, { status }]) => [name, status])).toEqual([
    ['CDKToolkit', 'CREATE_COMPLETE'],
    ['chat-prod', 'CREATE_COMPLETE'],
  ]);
  expect(aws.files).toContain(new URL(aws.stacks.get('chat-prod')?.template ?? '').pathname);
  aws.close();
});

test('every command is run here or in .ci/run', async () => {
  const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;
  const ci = read('.ci/run');
  const inCi = (command: string): boolean => {
    const script = scripts[command.replace('npm run ', '')];
    return ci.includes(command) || (script?.split(' && ').every(inCi) ?? false);
  };
  const pages = readme + read('README.ru.md') + develop;
  const commands = [...blocksOf(pages, 'sh').map((block) => block.trim()), ...inlineOf(pages)];
  expect(commands.filter((command) => !ran.has(command) && !inCi(command))).toEqual([]);
});
