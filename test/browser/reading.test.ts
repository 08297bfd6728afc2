import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { box, bubbles, button, chatLink, connected, log, type Person, say, useScene } from './scene.ts';
import { chooseLanguage, signOut } from './settings.ts';

/** What helps to read: days, links, colours, and the way back to the newest message. */

describe.skipIf(!findChromium())('reading in the web client', () => {
  const scene = useScene();
  let [anna, boris] = [] as unknown as [Person, Person];

  beforeAll(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
  });

  async function open(page: Page, name: string): Promise<void> {
    await chatLink(page, name).click();
    await page.getByRole('heading', { name, level: 2 }).waitFor();
    await connected(page).waitFor();
  }

  test('links lead where they say, and only to web pages', async () => {
    const chatId = await scene.newGroup('Links', anna, boris);
    const texts = [
      [
        'See https://example.com/a?b=1&c=2, then http://example.org.',
        'https://example.com/a?b=1&c=2 http://example.org',
      ],
      [
        '(https://example.com/wiki/Lake_(water)). «https://example.com/я»!',
        'https://example.com/wiki/Lake_(water) https://example.com/я',
      ],
      ['javascript:alert(1) data:text/html,<b>x</b> vbscript:x file:///etc/passwd //example.com', ''],
      ['xhttps://example.com https:// http://. https://?', ''],
      ['https://bank.example@evil.example/ https://bank.example:80@evil.example', ''],
      [
        'https://example.com/\u202egpj.exe and https://example.com/\u200bhidden',
        'https://example.com/ https://example.com/',
      ],
      [
        'https://example.com/"onmouseover="alert(1) <a href=https://example.com/b>',
        'https://example.com/ https://example.com/b',
      ],
    ] as const;
    for (const [text] of texts) await scene.say(boris, chatId, text);
    const { page } = await scene.visit(anna);
    await open(page, 'Links');
    const shown = () =>
      bubbles(page).evaluateAll((all) =>
        all.map((text) => [
          text.textContent,
          [...text.querySelectorAll('a')].map((link) => link.getAttribute('href')).join(' '),
        ]),
      );
    await expect.poll(shown).toEqual(texts);
    const link = log(page).getByRole('link').first();
    await expect.poll(() => link.textContent()).toBe(await link.getAttribute('href'));
    await expect.poll(() => link.getAttribute('rel')).toBe('noopener noreferrer');
    await expect.poll(() => link.getAttribute('target')).toBe('_blank');
  });

  test('days are Today, Yesterday, a weekday or a date; the list shows the time of today and the day of others', async () => {
    const person = await scene.newPerson('Vera');
    const chatId = await scene.newGroup('Days', person);
    for (const text of ['long ago', 'on Monday', 'yesterday', 'today']) await scene.say(person, chatId, text);
    const { page } = await scene.visit(person, { timezoneId: 'Europe/Moscow' });
    await page.clock.setFixedTime('2026-03-05T09:00:00Z');
    const times = [
      '2025-12-31T12:00Z',
      '2025-12-31T12:00Z',
      '2026-03-02T12:00Z',
      '2026-03-04T20:59Z',
      '2026-03-04T21:00Z',
    ];
    await page.route(/\/messages\?/, async (route) => {
      const response = await route.fetch();
      const { messages } = await response.json();
      await route.fulfill({
        response,
        json: { messages: messages.map((one: { seq: number }) => ({ ...one, createdAt: times[one.seq - 1] })) },
      });
    });
    await page.route(/\/chats$/, async (route) => {
      const response = await route.fetch();
      const { chats } = await response.json();
      await route.fulfill({ response, json: { chats: [{ ...chats[0], lastMessageAt: '2026-03-04T20:59:00Z' }] } });
    });
    await page.reload();
    await expect.poll(() => chatLink(page, 'Days').locator('time').innerText()).toBe('Yesterday');
    await chatLink(page, 'Days').click();
    await page.locator('.day').nth(3).waitFor();
    await expect
      .poll(() => page.locator('.day').allInnerTexts())
      .toEqual(['December 31, 2025', 'Monday', 'Yesterday', 'Today']);
    await expect.poll(() => chatLink(page, 'Days').locator('time').innerText()).toMatch(/^12:00.AM$/);
    await chooseLanguage(page, 'Русский');
    await page.getByText('Сегодня').waitFor();
    expect(await page.locator('.day').allInnerTexts()).toEqual([
      '31 декабря 2025 г.',
      'Понедельник',
      'Вчера',
      'Сегодня',
    ]);
  });

  test('counts new messages while the user reads older ones, and leads to them', async () => {
    const chatId = await scene.newGroup('Long', anna, boris);
    for (let n = 0; n < 3; n++) await scene.say(boris, chatId, 'A line\n'.repeat(20));
    await scene.post(`/chats/${chatId}/read`, anna, { seq: 4 });
    const { page } = await scene.visit(anna);
    await open(page, 'Long');
    const jump = button(page, /^To the newest message/);
    await expect.poll(() => jump.count()).toBe(0);
    await page.locator('.messages').evaluate((list) => list.scrollTo(0, 0));
    await button(page, 'To the newest message').waitFor();
    for (const text of ['One', 'Two']) await scene.say(boris, chatId, text);
    await button(page, 'To the newest message: 2 unread messages').waitFor();
    await expect.poll(() => page.title()).toMatch(/^\([1-9]\d*\) Group chat$/);
    await expectAccessible(page);
    await jump.press('Enter');
    await jump.waitFor({ state: 'detached' });
    await expect.poll(() => page.locator(':focus').getAttribute('role')).toBe('log');
    const fromEnd = await page
      .locator('.messages')
      .evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
    expect(fromEnd).toBeLessThan(5);
  });

  test('the title of the tab has the number of unread messages of all chats', async () => {
    const [vera, dmitry] = [await scene.newPerson('Vera'), await scene.newPerson('Dmitry')];
    const [lake, hills] = [await scene.newGroup('Lake', vera, dmitry), await scene.newGroup('Hills', vera, dmitry)];
    for (const chatId of [lake, hills]) await scene.post(`/chats/${chatId}/read`, dmitry, { seq: 1 });
    await scene.say(vera, lake, 'Hello');
    await scene.say(vera, hills, 'Hello');
    const { page } = await scene.visit(dmitry);
    await expect.poll(() => page.title()).toBe('(2) Group chat');
    await chooseLanguage(page, 'Русский');
    await expect.poll(() => page.title()).toBe('(2) Групповой чат');
    await open(page, 'Lake');
    await expect.poll(() => page.title()).toBe('(1) Групповой чат');
    await signOut(page);
    await expect.poll(() => page.title()).toBe('Групповой чат');
  });

  test('a person has one colour in the list, the header and the messages, which name nobody in a direct chat', async () => {
    const [vera, dmitry] = [await scene.newPerson('Vera'), await scene.newPerson('Dmitry')];
    const groupId = await scene.newGroup('Two', vera, dmitry);
    const chatId = await scene.newDirect(vera, dmitry);
    for (const text of ['One', 'Two', 'Three']) await scene.say(dmitry, chatId, text);
    await scene.say(dmitry, groupId, 'Hello');
    const { page } = await scene.visit(vera);
    await open(page, 'Dmitry');
    await log(page).getByText('Three').waitFor();
    await expect.poll(() => page.locator('.message :is(.avatar, strong)').count()).toBe(0);
    await expect.poll(() => page.locator('.chat header .avatar[data-initials=D]').count()).toBe(1);
    const inHeader = await page.locator('.chat header .avatar').getAttribute('class');
    await open(page, 'Two');
    await page.locator('.message .avatar').waitFor();
    const avatars = page.locator('.avatar[data-initials=D]');
    expect(new Set(await avatars.evaluateAll((all) => all.map(({ className }) => className))).size).toBe(1);
    expect(await avatars.first().getAttribute('class')).toBe(inHeader);
  });

  test('the message box takes the focus with a keyboard and not on a touch screen', async () => {
    const person = await scene.newPerson('Vera');
    await scene.newGroup('Lake', person);
    const focused = async (hasTouch: boolean) => {
      const { page } = await scene.visit(person, { hasTouch, isMobile: hasTouch });
      await open(page, 'Lake');
      return box(page).evaluate((element) => element.matches(':focus'));
    };
    expect([await focused(false), await focused(true)]).toEqual([true, false]);
  });

  test('shows at once that the network has gone and that it is back', async () => {
    const person = await scene.newPerson('Vera');
    await scene.newGroup('Lake', person);
    const { page } = await scene.visit(person);
    await open(page, 'Lake');
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.context().setOffline(true);
    await page.getByText('Offline').waitFor();
    await page.context().setOffline(false);
    await connected(page).waitFor();
    await say(page, 'Back again');
    await log(page).getByText('Back again').waitFor();
  });
});
