import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { log } from '#shared/platform/log.ts';
import { countBy } from '#shared/platform/metrics.ts';
import { formatLog } from '../../../infra/local/console/log-formatter.ts';
import { call } from '../../support/call.ts';
import { linesOf } from '../../support/log-lines.ts';
import { newGroup, newPerson } from '../../support/people.ts';

/** What `npm start` shows of the log lines that `run` writes. */
async function shown(run: () => Promise<unknown>): Promise<string> {
  const lines = await linesOf(run);
  const text = stripVTControlCharacters(formatLog(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
  const clock = new Date(String(lines[0]?.time)).toTimeString().slice(0, 8);
  expect(text.slice(0, 10)).toBe(`${clock}  `);
  return text.slice(10);
}

test('shows a request as one short line', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  const send = (content: string) => call(sendMessage, anna, { params: { chatId }, body: { content } });
  const [user, chat] = [anna.id.slice(-8), chatId.slice(-8)];
  expect(await shown(() => send('hello'))).toMatch(
    new RegExp(`^POST /chats/{chatId}/messages {2}200 {2}\\d+ ms {2}user ${user} {2}chat ${chat}\n$`),
  );
  expect(await shown(() => send(''))).toMatch(
    new RegExp(`^POST /chats/{chatId}/messages {2}400 {2}invalid_input {2}\\d+ ms {2}user ${user}\n$`),
  );
});

test('shows a warning with its details and an error with its stack and causes', async () => {
  const error = new Error('no answer', { cause: new TypeError('no socket') });
  const text = await shown(async () => log.warn('limit not counted', { limit: 'auth/login', error }));
  expect(text).toMatch(
    /^limit not counted {"limit":"auth\/login"}\nError: no answer\n +at [\s\S]*\nCaused by TypeError: no socket\n +at /,
  );
});

test('shows only warnings and errors from before the given time', async () => {
  const lines = await linesOf(async () => {
    log.info('key rotation', { step: 'createSecret' });
    log.warn('limit not counted');
  });
  const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
  const times = lines.map(({ time }) => Date.parse(String(time)));
  expect(stripVTControlCharacters(formatLog(text, Math.max(...times) + 1))).toMatch(
    /^[\d:]{8} {2}limit not counted\n$/,
  );
  expect(formatLog(text, Math.min(...times))).toContain('key rotation {"step":"createSecret"}');
});

test('leaves out what tells CloudWatch about metrics', async () => {
  const fields = { chatId: 'c', ...countBy({ cause: '410' }, 'DeliveriesGivenUp', 3) };
  expect(await shown(async () => log.warn('delivery given up', fields))).toBe(
    'delivery given up {"chatId":"c","cause":"410","DeliveriesGivenUp":3}\n',
  );
});

const controls = '\u001b[2J\u009b2J\r\nforged line\u2028\u202e\u007f';
const escaped = '\\u001b[2J\\u009b2J\\u000d\\u000aforged line\\u2028\\u202e\\u007f';

test.each([
  ['the route of a request', { route: `GET /${controls}`, durationMs: 1 }],
  ['a chat’s id', { chatId: controls.slice(-8), durationMs: 1 }],
  ['a message', { message: controls }],
  ['a detail', { limit: controls }],
  ['an error', { error: { name: 'Error', message: controls, stack: `Error\n    at ${controls}` } }],
  ['a cause', { error: { name: 'Error', message: '', cause: { name: controls, message: controls } } }],
])('escapes what would control the terminal in %s', (_what, fields) => {
  const line = { level: 'warn', time: new Date().toISOString(), message: 'm', ...fields };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colors of the line itself
  const text = formatLog(JSON.stringify(line)).replace(/\u001b\[\d+m/g, '');
  expect(text).toContain('\\u202e');
  expect(text.replace(/\n/g, '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202e]/u);
  expect(text).not.toMatch(/^forged line/m);
});

test('escapes it in other text too', () => {
  expect(formatLog(`${controls.replace('\n', '')}\n`)).toBe(`${escaped.replace('\\u000a', '')}\n`);
  expect(formatLog('{"level":"info","message":"cut off')).toBe('{"level":"info","message":"cut off');
});

test('leaves other text unchanged', () => {
  expect(formatLog('Debugger attached.\n{"a":1}\n')).toBe('Debugger attached.\n{"a":1}\n');
});
