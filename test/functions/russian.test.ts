import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { listSessions } from '#shared/contract/auth/list-sessions.ts';
import { login } from '#shared/contract/auth/login.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import type { Json } from '../support/api-client.ts';
import { call } from '../support/call.ts';
import { codeFor } from '../support/one-time-codes.ts';
import { connect, newGroup, newPerson, newPhone, password } from '../support/people.ts';
import { standIn } from '../support/stand-ins/connections.ts';
import { openai } from '../support/stand-ins/openai.ts';

/** A stage whose `language` is "ru": every text of the server that a user reads. */

beforeEach(() => {
  process.env.STAGE_LANGUAGE = 'ru';
});
afterEach(() => {
  process.env.STAGE_LANGUAGE = 'en';
  vi.useRealTimers();
});

test('reports what has happened in Russian, in the history, in the list of chats and on sockets', async () => {
  const [anna, boris] = [await newPerson('Анна'), await newPerson('Борис')];
  const { id: chatId, inviteCode } = await newGroup(anna);
  const socket = await connect(anna, chatId);
  await call(joinGroup, boris, { body: { inviteCode } });
  expect(standIn.received(socket)).toMatchObject([{ content: '\u2068Борис\u2069 теперь в группе' }]);
  expect((await call(listChats, boris)).body.chats).toMatchObject([
    { lastMessage: '\u2068Борис\u2069 теперь в группе' },
  ]);
  await call(deleteMe, boris, { body: { password } });
  // Expires the cached names.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
  const { messages } = (await call(listMessages, anna, { params: { chatId } })).body;
  expect(messages.map(({ content, userName }: Json) => [content, userName])).toEqual([
    ['Создатель группы: \u2068Анна\u2069', 'Анна'],
    ['\u2068Удалённый пользователь\u2069 теперь в группе', 'Удалённый пользователь'],
    ['\u2068Удалённый пользователь\u2069 выходит из чата', 'Удалённый пользователь'],
  ]);
});

test('words old messages anew when the setting is changed', async () => {
  const anna = await newPerson('Anna');
  await newGroup(anna);
  const shown = async () => (await call(listChats, anna)).body.chats[0].lastMessage;
  expect(await shown()).toBe('Создатель группы: \u2068Anna\u2069');
  process.env.STAGE_LANGUAGE = 'en';
  expect(await shown()).toBe('\u2068Anna\u2069 created the group');
});

test('names the assistant, an account without a name and an unknown device in Russian', async () => {
  openai.behave({ pieces: ['Да.'] });
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  const { message } = (await call(askAssistant, anna, { body: { chatId, question: 'Да?' } })).body;
  expect(message).toMatchObject({ userName: 'Ассистент', content: 'Да.' });
  expect((await call(listChats, anna)).body.chats).toMatchObject([{ lastMessageUserName: 'Ассистент' }]);
  const phone = newPhone();
  const { body } = await call(login, undefined, { body: { phone, code: await codeFor(phone) } });
  expect(body.user.name).toBe(`Пользователь ${body.user.id.slice(0, 4)}`);
  expect((await call(listSessions, { token: body.accessToken })).body.sessions).toMatchObject([
    { device: 'Неизвестное устройство' },
  ]);
});
