import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from './chromium.ts';
import { chatLink, log, type Person, useScene } from './scene.ts';
import { chooseLanguage } from './settings.ts';

/** What the web client says in the user's own language. */

describe.skipIf(!findChromium())('the words of the web client', () => {
  const scene = useScene();
  let anna: Person;

  beforeAll(async () => {
    anna = await scene.newPerson('Anna');
  });

  /** Adds fields to the chats in the server's answers. */
  const withFields = (page: Page, fields: object) =>
    page.route(/\/chats$/, async (route) => {
      const response = await route.fetch();
      const { chats } = await response.json();
      await route.fulfill({ response, json: { chats: chats.map((chat: object) => ({ ...chat, ...fields })) } });
    });

  /** The second line of the only chat, in English and in Russian, without the characters that isolate names. */
  async function newest(fields: object): Promise<(string | undefined)[]> {
    const { page } = await scene.visit(anna);
    await withFields(page, fields);
    await page.reload();
    const line = async () => (await page.locator('.chats small').innerText()).replace(/[\u2068\u2069]/g, '');
    await page.locator('.chats small').waitFor();
    const english = await line();
    await chooseLanguage(page, 'Русский');
    return [english, await line()];
  }

  const text = { lastMessageType: 'text', lastMessageUserId: 'boris', lastMessageUserName: 'Boris', lastMessage: 'Hi' };
  const event = (metadata: object) => ({ ...text, lastMessageType: 'system', lastMessageMetadata: metadata });
  const two = { memberIds: ['vera', 'gone'], memberNames: ['Vera', 'Deleted user'], deletedMemberIds: ['gone'] };

  test.each([
    ['a message', text, 'Boris: Hi', 'Boris: Hi'],
    ['an answer', { ...text, lastMessageUserId: 'assistant' }, 'Assistant: Hi', 'Ассистент: Hi'],
    ['a deleted author', { ...text, lastMessageUserDeleted: true }, 'Deleted user: Hi', 'Удалённый пользователь: Hi'],
    ['a joining', event({ event: 'joined' }), 'Boris joined the group', 'Boris теперь в группе'],
    [
      'an event about others',
      event({ event: 'added', ...two }),
      'Boris added Vera, Deleted user',
      'Boris добавляет в группу: Vera, Удалённый пользователь',
    ],
    ['a leaving', event({ event: 'left' }), 'Boris left', 'Boris выходит из чата'],
    [
      'an owner’s leaving',
      event({ event: 'left', memberIds: ['vera'], memberNames: ['Vera'] }),
      'Boris left; Vera owns the group now',
      'Boris выходит из группы. Новый владелец: Vera',
    ],
    [
      'a new name',
      event({ event: 'renamed', name: 'Hills' }),
      'Boris renamed the group to “Hills”',
      'Boris меняет название группы на «Hills»',
    ],
    ['an event of a later version', event({}), 'Hi', 'Hi'],
  ])('the list of chats words %s', async (_what, fields, english, russian) => {
    if (!(await scene.get('/chats', anna)).chats.length) await scene.newGroup('Lake', anna);
    expect(await newest(fields)).toEqual([english, russian]);
  });

  test('the list of chats calls the user "You", and says that a chat has no message yet', async () => {
    expect(await newest({ ...text, lastMessageUserId: anna.user.id })).toEqual(['You: Hi', 'Вы: Hi']);
    const { page } = await scene.visit(anna);
    await withFields(page, { lastMessageType: undefined, lastMessage: '' });
    await page.reload();
    await chatLink(page, 'Lake').waitFor();
    await expect.poll(() => page.locator('.chats small').innerText()).toBe('No messages yet');
  });

  test('a direct chat repeats no name, and words that of a deleted user', async () => {
    const direct = { ...text, type: 'direct', name: 'Deleted user', userDeleted: true };
    expect(await newest(direct)).toEqual(['Hi', 'Hi']);
    const { page } = await scene.visit(anna, { locale: 'ru-RU' });
    await withFields(page, direct);
    await page.reload();
    await chatLink(page, 'Удалённый пользователь').waitFor();
  });

  test('an open chat names the members of a system message, also those who are gone', async () => {
    const person = await scene.newPerson('Vera');
    await scene.newGroup('Lake', person);
    const { page } = await scene.visit(person);
    await page.route(/\/messages\?/, async (route) => {
      const response = await route.fetch();
      const { messages } = await response.json();
      const metadata = { event: 'removed', ...two };
      await route.fulfill({ response, json: { messages: [{ ...messages[0], userDeleted: true, metadata }] } });
    });
    await chatLink(page, 'Lake').click();
    const line = log(page).locator('.system');
    await line.waitFor();
    await expect
      .poll(() => line.innerText())
      .toBe('\u2068Deleted user\u2069 removed \u2068Vera\u2069, \u2068Deleted user\u2069');
    await chooseLanguage(page, 'Русский');
    await log(page).getByText('исключает').waitFor();
    expect((await line.innerText()).match(/Удалённый пользователь/g)).toHaveLength(2);
  });
});
