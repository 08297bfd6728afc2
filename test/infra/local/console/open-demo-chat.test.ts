import { afterEach, expect, test, vi } from 'vitest';
import { openDemoChat } from '../../../../infra/local/console/open-demo-chat.ts';
import { demoAccount, demoAnna } from '../../../../infra/local/demo-accounts.ts';
import { Runner } from '../../../../infra/local/runner.ts';
import { request } from '../../../support/api-client.ts';
import { ownTables } from '../../../support/own-tables.ts';

/** The chat that `npm start` opens, and a start after somebody has used its accounts. */

let runner: Runner;
/** A new runner with an empty database. */
const start = async () => {
  runner = await Runner.start({ port: 0, dynamodb: ownTables(), log: () => {} });
};
afterEach(() => runner.close());

const tokenOf = async ({ email, password }: { email: string; password: string }): Promise<string> =>
  (await request(runner.url, 'POST', '/auth/login', { body: { email, password } })).body.accessToken;

const chatsOf = async (token: string) => (await request(runner.url, 'GET', '/chats', { token })).body.chats;

test('a lively chat: two other people, an answer of the assistant, changed messages, something unread; the next start adds nothing', async () => {
  await start();
  const first = await openDemoChat(runner.url, true);
  if ('refusal' in first) throw new Error(first.refusal);
  const { chatId, accessToken: token } = first;
  const { messages } = (await request(runner.url, 'GET', `/chats/${chatId}/messages`, { token })).body;
  const names = messages.map(({ userName }: { userName: string }) => userName);
  expect(new Set(names)).toEqual(new Set(['Demo', 'Anna', 'Boris', 'Assistant']));
  const shown = (fields: object) => expect(messages).toContainEqual(expect.objectContaining(fields));
  shown({ content: 'Me, after nine', editedAt: expect.any(String) });
  shown({
    replyTo: expect.objectContaining({ content: 'Me too. Hills or lake?' }),
    reactions: [expect.objectContaining({ emoji: '👍', count: 2 })],
  });
  shown({ content: 'Morning! Who is free on Saturday?', pinned: true });
  const chats = await chatsOf(token);
  expect(chats).toMatchObject([
    { id: chatId, type: 'group', unreadCount: 2 },
    { type: 'direct', name: 'Anna', unreadCount: 1 },
  ]);
  expect(await openDemoChat(runner.url, true)).toMatchObject({ chatId });
  expect(await chatsOf(token)).toEqual(chats);
  expect(await chatsOf(await tokenOf(demoAnna))).toHaveLength(2);
});

test('a start that was interrupted is made whole by the next one, and nothing is said twice', async () => {
  await start();
  const { fetch } = globalThis;
  let left = 14;
  vi.stubGlobal('fetch', (...request: Parameters<typeof fetch>) =>
    left-- > 0 ? fetch(...request) : Promise.reject(new Error('interrupted')),
  );
  await expect(openDemoChat(runner.url, false)).rejects.toThrow('interrupted');
  vi.unstubAllGlobals();
  const opened = await openDemoChat(runner.url, false);
  if ('refusal' in opened) throw new Error(opened.refusal);
  const { chatId, accessToken: token } = opened;
  const { messages } = (await request(runner.url, 'GET', `/chats/${chatId}/messages`, { token })).body;
  const contents = messages.map(({ content }: { content: string }) => content);
  expect(contents).toHaveLength(10);
  expect(new Set(contents).size).toBe(10);
  expect(await chatsOf(token)).toHaveLength(2);
});

test('a changed password and too many wrong ones do not stop the start, which says what the server answered', async () => {
  await start();
  const opened = await openDemoChat(runner.url, false);
  const { accessToken = '', chatId = '' } = 'refusal' in opened ? {} : opened;
  const { messages } = (await request(runner.url, 'GET', `/chats/${chatId}/messages`, { token: accessToken })).body;
  // A real assistant would cost money.
  expect(messages.map(({ type }: { type: string }) => type)).not.toContain('ai');
  const token = await tokenOf(demoAccount);
  const body = { currentPassword: demoAccount.password, newPassword: 'another password' };
  expect((await request(runner.url, 'POST', '/auth/password', { token, body })).status).toBe(200);
  const refused = {
    wrongPassword: true,
    refusal: expect.stringMatching(/^POST \/auth\/login answered 401: .*wrong_credentials/),
  };
  expect(await openDemoChat(runner.url, false)).toEqual(refused);
  const tooMany = {
    wrongPassword: false,
    refusal: expect.stringMatching(/^POST \/auth\/login answered 429: .*too_many_requests/),
  };
  while (
    (await request(runner.url, 'POST', '/auth/login', { body: { ...demoAccount, name: undefined } })).status !== 429
  );
  expect(await openDemoChat(runner.url, false)).toEqual(tooMany);
});
