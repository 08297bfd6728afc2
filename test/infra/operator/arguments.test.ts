import { expect, test } from 'vitest';
import { parseArguments } from '../../../infra/operator/arguments.ts';
import { exitCodes, Failure } from '../../../infra/operator/failure.ts';

const parsed = (line: string) => {
  const { command, input, options } = parseArguments(line.split(' '));
  return { command: command?.name, input, options: { ...options } };
};

test.each([
  ['reports', 'reports', {}],
  ['reports --month 2026-11 --cursor c', 'reports', { month: '2026-11', cursor: 'c' }],
  ['report m', 'report', { messageId: 'm' }],
  ['remove-message m --chat-id c --reason spam', 'remove-message', { messageId: 'm', chatId: 'c', reason: 'spam' }],
  ['erase anna --messages', 'erase', { who: 'anna', messages: true }],
  ['announce c hello --reason r', 'announce', { chatId: 'c', text: 'hello', reason: 'r' }],
  ['announce c --reason=r -- --hello', 'announce', { chatId: 'c', text: '--hello', reason: 'r' }],
  // A word that is a value is not a command.
  ['--reason user erase anna', 'erase', { who: 'anna', reason: 'user' }],
])('reads "%s"', (line, command, input) => {
  expect(parsed(line)).toMatchObject({ command });
  expect(parsed(line).input).toEqual(input);
});

test('reads the options of every command before and after it', () => {
  expect(parsed('--stage prod user anna --json --region eu-west-1 --yes')).toEqual({
    command: 'user',
    input: { who: 'anna' },
    options: { stage: 'prod', json: true, region: 'eu-west-1', yes: true },
  });
});

test('without a command there is only help', () => {
  expect(parseArguments([]).command).toBeUndefined();
  expect(parsed('--help')).toMatchObject({ command: undefined, options: { help: true } });
  expect(parsed('suspend --help')).toMatchObject({ command: 'suspend', options: { help: true } });
});

test.each([
  ['--json', /Name a command/],
  ['dance', /no command "dance"/],
  ['user', /WHO is missing\.\nUsage: user WHO/],
  ['announce c', /TEXT is missing/],
  ['user anna boris', /Unexpected argument "boris"/],
  ['user anna --messages', /no option --messages/],
  ['report m --reason r', /no option --reason/],
  ['user anna --out file', /no option --out/],
  ['export anna --reason r', /--out FILE is missing/],
  ['export anna --cursor c --out file', /no option --cursor/],
  ['user anna --nonsense', /--nonsense/],
  ['user anna --stage', /--stage/],
])('refuses "%s"', (line, message) => {
  const parse = () => parseArguments(line.split(' '));
  expect(parse).toThrow(Failure);
  expect(parse).toThrow(
    expect.objectContaining({ exitCode: exitCodes.misused, message: expect.stringMatching(message) }),
  );
});
