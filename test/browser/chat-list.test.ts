import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium, phone } from './chromium.ts';
import { openChat } from './messages.ts';
import { button, chatLink, edgesOf, type Person, useScene } from './scene.ts';

/** The list of chats: the menu of each, and what the user has chosen in it. */

describe.skipIf(!findChromium())('the list of chats', () => {
  const scene = useScene();
  let [anna, boris] = [] as unknown as [Person, Person];
  let [hills, lake] = ['', ''];

  beforeEach(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    [hills, lake] = [await scene.newGroup('Hills', boris, anna), await scene.newGroup('Lake', boris, anna)];
    for (const chatId of [hills, lake]) await scene.post(`/chats/${chatId}/read`, anna, { seq: 1 });
  });

  const item = (page: Page, name: string) => page.getByRole('listitem').filter({ has: chatLink(page, name) });
  const menu = (page: Page, name: string) => page.getByRole('dialog', { name: `Chat ${name}` });
  const names = (page: Page) => page.locator('.chats strong').allInnerTexts();
  const words = async (page: Page, name: string) => {
    await chatLink(page, name).click({ button: 'right' });
    await menu(page, name).waitFor();
    const all = await menu(page, name).getByRole('button').allInnerTexts();
    await page.keyboard.press('Escape');
    await menu(page, name).waitFor({ state: 'detached' });
    return all;
  };
  const choose = async (page: Page, name: string, action: string) => {
    await chatLink(page, name).click({ button: 'right' });
    await menu(page, name).getByRole('button', { name: action, exact: true }).click();
    await menu(page, name).waitFor({ state: 'detached' });
  };
  const stored = async (chatId: string) => (await scene.get(`/chats/${chatId}`, anna)).chat;

  test('the menu of a chat opens by its button, by M and with a right click, and gives the focus back', async () => {
    const { page } = await scene.visit(anna);
    await chatLink(page, 'Lake').focus();
    await page.keyboard.press('m');
    await menu(page, 'Lake').waitFor();
    await expectAccessible(page);
    expect(await menu(page, 'Lake').getByRole('button').allInnerTexts()).toEqual([
      'Pin',
      'Mark as unread',
      'Archive',
      'Mute for an hour',
      'Mute until tomorrow',
      'Mute forever',
      'Only mentions',
    ]);
    await page.keyboard.press('Escape');
    await menu(page, 'Lake').waitFor({ state: 'detached' });
    await expect.poll(() => chatLink(page, 'Lake').evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.keyboard.press('Tab');
    const opener = item(page, 'Lake').getByRole('button', { name: 'Chat menu' });
    await expect.poll(() => opener.evaluate((element) => element.matches(':focus'))).toBe(true);
    await expect.poll(() => page.evaluate('getComputedStyle(document.activeElement).opacity')).toBe('1');
    await page.keyboard.press('Enter');
    await menu(page, 'Lake').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => words(page, 'Hills')).toContain('Archive');
    // The list is still about no chat in particular.
    await expect.poll(() => page.evaluate('location.hash')).toBe('');
  });

  test('a long press opens the menu at the bottom of a narrow screen, and the chat stays closed', async () => {
    const { page } = await scene.visit(anna, { viewport: phone, hasTouch: true, isMobile: true });
    await chatLink(page, 'Lake').waitFor();
    await expectAccessible(page);
    const at = { pointerType: 'touch', clientX: 200, clientY: 300, bubbles: true };
    await page.clock.pauseAt(Date.now() + 60_000);
    await chatLink(page, 'Lake').dispatchEvent('pointerdown', at);
    await page.clock.runFor(500);
    await menu(page, 'Lake').waitFor();
    await expect.poll(() => edgesOf(menu(page, 'Lake'))).toEqual([0, phone.width, phone.height]);
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(phone.width);
    await expect.poll(() => page.evaluate('location.hash')).toBe('');
  });

  test('a tap beside a menu closes it, and nothing else', async () => {
    const { page } = await scene.visit(anna, { viewport: phone, hasTouch: true, isMobile: true });
    const choice = button(page, 'Mark all chats as read');
    await button(page, 'More').tap();
    await choice.waitFor();
    const { x = 0, y = 0 } = (await chatLink(page, 'Lake').boundingBox()) ?? {};
    await page.touchscreen.tap(x + 20, y + 20);
    await choice.waitFor({ state: 'hidden' });
    expect(await page.evaluate('location.hash')).toBe('');
    await page.touchscreen.tap(x + 20, y + 20);
    await page.getByRole('heading', { name: 'Lake', level: 2 }).waitFor();
  });

  test('a pinned chat is above newer ones, on all devices of the user', async () => {
    const { page } = await scene.visit(anna);
    await chatLink(page, 'Lake').waitFor();
    await expect.poll(() => names(page)).toEqual(['Lake', 'Hills']);
    await choose(page, 'Hills', 'Pin');
    await expect.poll(() => names(page)).toEqual(['Hills', 'Lake']);
    await item(page, 'Hills').getByRole('img', { name: 'Pinned' }).waitFor();
    expect((await stored(hills)).place).toEqual({ pinned: true, archived: false });
    await scene.say(boris, lake, 'Newer');
    await page.reload();
    await chatLink(page, 'Lake').getByText('Newer').waitFor();
    await expect.poll(() => names(page)).toEqual(['Hills', 'Lake']);
    await choose(page, 'Hills', 'Unpin');
    await expect.poll(() => names(page)).toEqual(['Lake', 'Hills']);
  });

  test('an archived chat is behind a line, which says what is unread there and goes with the last one', async () => {
    const { page } = await scene.visit(anna);
    await chatLink(page, 'Hills').waitFor();
    await choose(page, 'Hills', 'Archive');
    const line = page.getByText('Archived (1)');
    await line.waitFor();
    await expect.poll(() => chatLink(page, 'Hills').isVisible()).toBe(false);
    await scene.say(boris, hills, 'Anybody here?');
    await page.locator('summary').getByRole('img', { name: '1 unread message' }).waitFor();
    await line.click();
    await chatLink(page, 'Hills').getByRole('img', { name: '1 unread message' }).waitFor();
    await expectAccessible(page);
    await choose(page, 'Hills', 'Move out of the archive');
    await page.locator('summary').waitFor({ state: 'detached' });
    await expect.poll(() => names(page)).toEqual(['Hills', 'Lake']);
  });

  test('a muted chat has a grey badge and is not in the title, until it is turned on again', async () => {
    for (const chatId of [hills, lake]) await scene.say(boris, chatId, 'Hello');
    const { page } = await scene.visit(anna);
    await expect.poll(() => page.title()).toBe('(2) Group chat');
    await choose(page, 'Lake', 'Mute forever');
    await expect.poll(() => page.title()).toBe('(1) Group chat');
    await item(page, 'Lake').getByRole('img', { name: 'Muted' }).waitFor();
    const isQuiet = (name: string) =>
      chatLink(page, name)
        .getByRole('img', { name: '1 unread message' })
        .evaluate((badge) => badge.matches('.quiet'));
    expect([await isQuiet('Lake'), await isQuiet('Hills')]).toEqual([true, false]);
    await expectAccessible(page);
    await expect.poll(() => words(page, 'Lake')).not.toContain('Mute forever');
    await choose(page, 'Lake', 'Turn notifications on');
    await expect.poll(() => page.title()).toBe('(2) Group chat');
    expect((await stored(lake)).notifications?.level ?? 'all').toBe('all');
  });

  test('a chat is muted for an hour, and by itself notifies again', async () => {
    await scene.say(boris, lake, 'Hello');
    const { page } = await scene.visit(anna);
    await choose(page, 'Lake', 'Mute for an hour');
    await item(page, 'Lake').getByRole('img', { name: 'Muted' }).waitFor();
    await expect.poll(() => page.title()).toBe('Group chat');
    const { level, mutedUntil } = (await stored(lake)).notifications;
    expect(level).toBe('all');
    expect(Math.abs(Date.parse(mutedUntil) - Date.now() - 3_600_000)).toBeLessThan(60_000);
    await page.clock.fastForward(3_600_000);
    await expect.poll(() => page.title()).toBe('(1) Group chat');
    await expect.poll(() => item(page, 'Lake').getByRole('img', { name: 'Muted' }).count()).toBe(0);
  });

  test('of a chat where only mentions notify, the title counts the mentions', async () => {
    await scene.say(boris, lake, 'Hello');
    await scene.post(`/chats/${lake}/messages`, boris, { content: '@Anna', mentions: [anna.user.id] });
    const { page } = await scene.visit(anna);
    await expect.poll(() => page.title()).toBe('(2) Group chat');
    await choose(page, 'Lake', 'Only mentions');
    await expect.poll(() => page.title()).toBe('(1) Group chat');
    await item(page, 'Lake').getByRole('img', { name: 'Only mentions notify' }).waitFor();
  });

  test('a chat that is marked as unread is closed, counts, and is read when it is opened again', async () => {
    await scene.say(boris, lake, 'Hello');
    await scene.post(`/chats/${lake}/read`, anna, { seq: 2 });
    const { page } = await scene.visit(anna);
    await openChat(page, 'Lake');
    await choose(page, 'Lake', 'Mark as unread');
    await page.getByText('Choose a chat').waitFor();
    await chatLink(page, 'Lake').getByRole('img', { name: '1 unread message' }).waitFor();
    await expect.poll(() => page.title()).toBe('(1) Group chat');
    await expect.poll(() => words(page, 'Lake')).not.toContain('Mark as unread');
    await openChat(page, 'Lake');
    await expect.poll(async () => (await stored(lake)).markedUnread).toBe(undefined);
    await chatLink(page, 'Hills').click();
    await expect.poll(() => page.title()).toBe('Group chat');
  });

  test('a chat is marked as read without opening it, also one that was marked as unread', async () => {
    await scene.say(boris, lake, 'Hello');
    const { page } = await scene.visit(anna);
    const unread = chatLink(page, 'Lake').getByRole('img', { name: '1 unread message' });
    await unread.waitFor();
    await choose(page, 'Lake', 'Mark as read');
    await unread.waitFor({ state: 'detached' });
    expect((await stored(lake)).unreadCount).toBe(0);
    await choose(page, 'Lake', 'Mark as unread');
    await unread.waitFor();
    await choose(page, 'Lake', 'Mark as read');
    await unread.waitFor({ state: 'detached' });
    expect((await stored(lake)).markedUnread).toBe(undefined);
    await page.getByText('Choose a chat').waitFor();
  });

  test('a chat with messages of the user alone gets a dot, also behind their own answer', async () => {
    const own = await scene.newGroup('Notes', anna);
    await scene.say(anna, own, 'Mine');
    await scene.say(boris, lake, 'Question');
    await scene.say(anna, lake, 'Answer');
    await scene.post(`/chats/${lake}/read`, anna, { seq: 2 });
    const { page } = await scene.visit(anna);
    await choose(page, 'Notes', 'Mark as unread');
    await chatLink(page, 'Notes').getByRole('img', { name: 'Marked as unread' }).waitFor();
    await expect.poll(() => page.title()).toBe('(1) Group chat');
    await choose(page, 'Lake', 'Mark as unread');
    await chatLink(page, 'Lake')
      .getByRole('img', { name: /^(1 unread message|Marked as unread)$/ })
      .waitFor();
    expect((await stored(lake)).markedUnread).toBe(true);
    await expectAccessible(page);
    await openChat(page, 'Notes');
    await expect.poll(async () => (await stored(own)).markedUnread).toBe(undefined);
  });

  test('in Russian', async () => {
    const { page } = await scene.visit(anna, { locale: 'ru-RU' });
    await chatLink(page, 'Lake').click({ button: 'right' });
    const dialog = page.getByRole('dialog', { name: 'Чат Lake' });
    await expect.poll(() => dialog.getByRole('button').allInnerTexts()).toContain('Без уведомлений до завтра');
    await dialog.getByRole('button', { name: 'В архив' }).click();
    await page.getByText('Архив (1)').waitFor();
    await expect.poll(() => button(page, 'Меню чата').count()).toBe(1);
  });
});
