import { afterEach, expect, test, vi } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { db } from '#shared/data/client.ts';
import { log } from '#shared/platform/log.ts';
import { handler as connectHandler } from '../../functions/websocket/connect.ts';
import { handler as messageHandler } from '../../functions/websocket/message.ts';
import type { Json } from '../support/api-client.ts';
import { call } from '../support/call.ts';
import { invokeSocket } from '../support/invoke.ts';
import { newPerson, newPhone } from '../support/people.ts';
import { aws } from '../support/stand-ins/aws.ts';

/** Whatever is logged, a line of the log is one JSON object, and nobody can write a second one into it. */

const forged = 'x\n{"level":"error","message":"forged"}\r\n\u2028\u2029\u001b[2J\u001b[H\u0000\u009b"\\';

afterEach(() => {
  db.middlewareStack.remove('fault');
  aws.fail(undefined);
});

/** What is written to stdout meanwhile, as it is. */
async function writtenDuring(run: () => Promise<unknown>): Promise<string> {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await run();
    return stdout.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    stdout.mockRestore();
  }
}

/** Every line of the text, which must be a JSON object with no control character in its writing. */
function parseLines(text: string): Json[] {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
      expect(line).not.toMatch(/[\u0000-\u001f]/);
      expect(() => JSON.parse(line), line).not.toThrow();
      const parsed: Json = JSON.parse(line);
      expect(parsed).toMatchObject({ level: expect.any(String), message: expect.any(String) });
      expect(parsed.message).not.toBe('forged');
      return parsed;
    });
}

test('are one JSON object each, whatever clients send', async () => {
  const anna = await newPerson();
  const headers = { 'user-agent': forged, 'x-forwarded-for': forged, 'x-request-id': forged };
  const lines = parseLines(
    await writtenDuring(async () => {
      await call(listMessages, anna, { params: { chatId: forged.slice(0, 64) }, headers });
      await call(login, undefined, { body: { email: forged, password: forged, device: forged }, headers, ip: forged });
      await invokeSocket(connectHandler, '$connect', forged, {
        query: { chatId: forged.slice(0, 64), token: anna.token },
      });
      await invokeSocket(messageHandler, 'message', forged, { frame: { content: forged, clientId: forged } });
    }),
  );
  expect(lines.map(({ message }) => message)).toEqual(['request', 'request', 'frame', 'frame']);
  expect(lines[0]).toMatchObject({ chatId: forged.slice(0, 64), status: 403 });
  expect(lines[2]).toMatchObject({ connectionId: forged });
});

test('are one JSON object each, whatever an error says', async () => {
  const anna = await newPerson();
  const cause = Object.assign(new Error(forged), { name: forged });
  const error = new Error(forged, { cause });
  db.middlewareStack.add(() => () => Promise.reject(error), { step: 'initialize', name: 'fault' });
  const lines = parseLines(await writtenDuring(() => call(listMessages, anna, { params: { chatId: 'c' } })));
  expect(lines).toMatchObject([{ level: 'error', error: { message: forged, cause: { name: forged } } }]);
  db.middlewareStack.remove('fault');
  aws.fail(409, 'ConflictException', 'DESTINATION_PHONE_NUMBER_OPTED_OUT');
  expect(
    parseLines(await writtenDuring(() => call(sendCode, undefined, { body: { phone: newPhone() } }))),
  ).toHaveLength(2);
});

test('are one JSON object each, in every field', async () => {
  const fields = { [forged]: forged, list: [forged], error: forged };
  const lines = parseLines(
    await writtenDuring(async () => {
      log.info(forged, fields);
      log.warn(forged, fields);
      log.error(forged, { ...fields, error: new Error(forged) });
    }),
  );
  expect(lines.map(({ message }) => message)).toEqual([forged, forged, forged]);
  for (const line of lines) expect(line).toMatchObject({ [forged]: forged, list: [forged] });
});
