import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { exitCodes } from '../../../infra/operator/failure.ts';
import { operate } from '../../../infra/operator/operate.ts';
import { terminalWith } from '../../support/terminal.ts';
import { type Answer, problem, startStandIn } from './stand-in.ts';

/** The command line against a stand-in for the API on this machine, whose answers each test sets. */

const folder = mkdtempSync(join(tmpdir(), 'chat-operate-'));
let standIn: Awaited<ReturnType<typeof startStandIn>>;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => {
  standIn.close();
  rmSync(folder, { recursive: true });
});
const secretAccessKey = 'the secret of the laptop';
const credentials: Answer = [200, { accessKeyId: 'LOCAL', secretAccessKey, region: 'local' }];
beforeEach(() => {
  standIn.asked = [];
  standIn.answers = { '/_local/credentials': [credentials] };
});

async function run(line: string, who: Parameters<typeof terminalWith>[0] = {}) {
  const { terminal, written } = terminalWith(who);
  const exitCode = await operate([...line.split(' '), '--url', standIn.url], terminal);
  expect(written.out + written.err).not.toContain(secretAccessKey);
  return { exitCode, ...written };
}
const answer = (command: string, ...answers: Answer[]) => {
  standIn.answers[`/operator/${command}`] = answers;
};
const sent = () => standIn.asked.filter(({ path }) => path.startsWith('/operator/'));
const commandsSent = () => sent().map(({ path }) => path.replace('/operator/', ''));

const person = { id: '1234-5678', name: 'Anna', createdAt: '2026-11-01T10:00:00.000Z' };
const account = { user: person, sessions: [], chats: 1, blocks: 0, googleLinked: false };

describe('exit codes', () => {
  test('0 for a command that is done: says where it acts, and signs the request', async () => {
    answer('user', [200, account]);
    const { exitCode, out, err } = await run('user anna');
    expect(exitCode).toBe(exitCodes.done);
    expect(out).toMatch(/^id +1234-5678\nname +Anna\n/);
    expect(err).toContain('this laptop');
    expect(sent()).toMatchObject([{ path: '/operator/user', input: { who: 'anna' } }]);
    expect(sent()[0]?.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=LOCAL\/\d+\/local\/execute-api\/aws4_request/,
    );
  });

  test('1 for a refusal, with its code and the id that finds it in the log', async () => {
    answer('user', problem(404, 'user_not_found'));
    const { exitCode, err } = await run('user anna');
    expect(exitCode).toBe(exitCodes.refused);
    expect(err).toContain('user_not_found');
    expect(err).toContain('r-1');
  });

  test.each<[string, Answer]>([
    ['of API Gateway itself', [503, { message: 'Service Unavailable' }]],
    ['of another version', [200, { user: {} }]],
  ])('1 for an answer %s', async (_what, given) => {
    answer('user', given);
    expect((await run('user anna')).exitCode).toBe(exitCodes.refused);
  });

  test.each(['dance', 'user anna --stage prod', 'reports --month November', 'suspend anna', 'erase anna --reason r'])(
    '2 for wrong use, before anything is sent: %s',
    async (line) => {
      expect((await run(line)).exitCode).toBe(exitCodes.misused);
      expect(standIn.asked).toEqual([]);
    },
  );

  test('3 if the signature or the policy does not let the operator in', async () => {
    answer('user', [403, { message: 'Forbidden' }]);
    expect((await run('user anna')).exitCode).toBe(exitCodes.notAllowed);
  });

  test('3 if the server on this machine gives no credentials', async () => {
    standIn.answers = {};
    expect((await run('user anna')).exitCode).toBe(exitCodes.notAllowed);
  });

  test('4 if nothing answers', async () => {
    const { terminal, written } = terminalWith();
    expect(await operate(['reports', '--url', 'http://127.0.0.1:9'], terminal)).toBe(exitCodes.unreachable);
    expect(written.err).toContain('npm start');
  });
});

describe('the reason', () => {
  test('is asked for at a terminal', async () => {
    answer('close', [200, { closed: 1 }]);
    expect(await run('close m', { answers: ['No insult'] })).toMatchObject({ exitCode: exitCodes.done });
    expect(sent()).toMatchObject([{ input: { messageId: 'm', reason: 'No insult' } }]);
  });

  test('must not be empty', async () => {
    expect((await run('close m', { answers: [' '] })).exitCode).toBe(exitCodes.misused);
    expect(sent()).toEqual([]);
  });
});

describe('something final', () => {
  const erase = 'erase anna@example.com --reason r';
  const erased: Answer = [200, { erased: true }];

  test.each(['1234', 'yes'])('happens after "%s", to the account that was shown', async (typed) => {
    answer('user', [200, account]);
    answer('erase', erased);
    const { exitCode, err } = await run(erase, { answers: [typed] });
    expect(exitCode).toBe(exitCodes.done);
    expect(err).toMatch(/name +Anna/);
    expect(sent()[1]).toMatchObject({ path: '/operator/erase', input: { who: person.id } });
  });

  test.each(['', 'no', '123', '5678', 'y'])('does not happen after "%s"', async (typed) => {
    answer('user', [200, account]);
    expect((await run(erase, { answers: [typed] })).exitCode).toBe(exitCodes.misused);
    expect(commandsSent()).toEqual(['user']);
  });

  test('happens at once with --yes', async () => {
    answer('erase', erased);
    expect((await run(`${erase} --yes`)).exitCode).toBe(exitCodes.done);
    expect(commandsSent()).toEqual(['erase']);
  });

  test('can be about a message that nobody has reported', async () => {
    answer('report', problem(404, 'report_not_found'));
    answer('remove-message', problem(409, 'changed_meanwhile'));
    await run('remove-message abcd-1 --reason r', { answers: ['abcd'] });
    expect(commandsSent()).toEqual(['report', 'remove-message']);
  });

  test('is repeated until an account is erased', async () => {
    const unfinished = problem(503, 'deletion_unfinished', { 'retry-after': '0' });
    answer('erase', unfinished, unfinished, erased);
    expect((await run(`${erase} --yes`)).exitCode).toBe(exitCodes.done);
    expect(commandsSent()).toEqual(['erase', 'erase', 'erase']);
  });
});

describe('pages', () => {
  const action = { at: person.createdAt, by: 'arn:aws:iam::1:user/laptop', command: 'user', about: '{}' };
  const page = (from: number, length: number, cursor?: string): Answer => {
    const actions = Array.from({ length }, (_, n) => ({ ...action, outcome: 'done', requestId: `r${from + n}` }));
    return [200, { actions, cursor }];
  };
  const rows = (out: string) => out.trim().split('\n').length - 1;

  test('of a list are shown as one', async () => {
    answer('audit', page(0, 2, 'second'), page(2, 1));
    const { out, err } = await run('audit');
    expect(rows(out)).toBe(3);
    expect(err).not.toContain('--cursor');
    expect(sent().map(({ input }) => input)).toEqual([{}, { cursor: 'second' }]);
  });

  test('are followed up to a thousand rows, and then the operator learns how to go on', async () => {
    answer('audit', page(0, 600, 'b'), page(600, 600, 'c'), page(1200, 1));
    const { out, err } = await run('audit');
    expect(rows(out)).toBe(1200);
    expect(err).toContain('--cursor c');
  });

  test('with --json there is only the one that was asked for, as it came', async () => {
    answer('audit', [200, { actions: [], unknown: 1, cursor: 'next' }]);
    expect(JSON.parse((await run('audit --json')).out)).toEqual({ actions: [], unknown: 1, cursor: 'next' });
  });
});

describe('an export', () => {
  const message = (seq: number) => ({ chatId: 'c', seq, createdAt: person.createdAt, content: 'hi' });
  const first = { user: person, messages: [message(1)], cursor: 'b' };
  const reactions = [{ chatId: 'c', seq: 1, emojis: ['👍'] }];
  const file = join(folder, 'anna.json');
  const line = `export anna --reason r --out ${file}`;
  afterEach(() => rmSync(file, { force: true }));

  test('has all pages in one file, which only its owner can read', async () => {
    const second = { messages: [], reactions, cursor: 'c' };
    answer('export', [200, first], [200, second], [200, { messages: [message(2)], reactions }]);
    expect((await run(line)).exitCode).toBe(exitCodes.done);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      user: person,
      messages: [message(1), message(2)],
      reactions: [...reactions, ...reactions],
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('overwrites nothing', async () => {
    writeFileSync(file, 'mine');
    expect((await run(line)).exitCode).toBe(exitCodes.misused);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(sent()).toEqual([]);
  });

  test('leaves no file if a page fails', async () => {
    answer('export', [200, first], problem(503, 'unavailable'));
    expect((await run(line)).exitCode).toBe(exitCodes.refused);
    expect(existsSync(file)).toBe(false);
  });
});
