import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { openChat } from './messages.ts';
import { button, chatLink, type Person, useScene } from './scene.ts';
import { openSettings, sheet } from './settings.ts';

/** The sheet with the settings: how one moves in it, the profile, privacy and the looks of the page. */

describe.skipIf(!findChromium())('the settings', () => {
  const scene = useScene();
  let [anna, boris] = [] as unknown as [Person, Person];
  let page: Page;
  const heading = () => sheet(page).getByRole('heading', { level: 2 });
  const focused = () => page.evaluate('(document.activeElement.ariaLabel ?? document.activeElement.innerText).trim()');

  beforeEach(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    await scene.newGroup('Lake', anna, boris);
    ({ page } = await scene.visit(anna));
  });

  test('a part survives a reload, the browser’s back button goes up and closes, and the chat stays open', async () => {
    await openChat(page, 'Lake');
    await openSettings(page, 'Devices');
    await page.reload();
    await expect.poll(() => heading().innerText()).toBe('Devices');
    await page.locator('.chat h2', { hasText: 'Lake' }).waitFor();
    await page.goBack();
    await expect.poll(() => heading().innerText()).toBe('Settings');
    expect(await button(page, 'Back').count()).toBe(0);
    await page.goBack();
    await sheet(page).waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Lake' }).waitFor();
  });

  test('the sheet’s own buttons leave nothing behind to which the back button would return', async () => {
    await openChat(page, 'Lake');
    await openSettings(page, 'Privacy', 'Blocked');
    await button(page, 'Back').click();
    await expect.poll(() => heading().innerText()).toBe('Privacy');
    await page.goBack();
    await expect.poll(() => heading().innerText()).toBe('Settings');
    await sheet(page).getByRole('button', { name: 'Privacy' }).click();
    await expect.poll(() => heading().innerText()).toBe('Privacy');
    await button(page, 'Close').click();
    await sheet(page).waitFor({ state: 'detached' });
    await page.goBack();
    await page.getByText('Choose a chat').waitFor();
    expect(await sheet(page).count()).toBe(0);
  });

  test('the keyboard alone changes the name, and gets back to where it came from', async () => {
    await button(page, 'Settings').press('Enter');
    await sheet(page).getByRole('button', { name: /^Anna/ }).press('Enter');
    await expect.poll(focused).toBe('Profile');
    const name = page.getByRole('textbox', { name: 'Name' });
    expect(await button(page, 'Save').getAttribute('aria-disabled')).toBe('true');
    await name.fill('Anna Petrova');
    await name.press('Enter');
    await sheet(page).getByRole('alert').getByText('Saved.').waitFor();
    expect(await button(page, 'Save').getAttribute('aria-disabled')).toBe('true');
    await button(page, 'Back').press('Enter');
    await expect.poll(focused).toContain('Anna Petrova');
    await page.keyboard.press('Escape');
    await sheet(page).waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Settings');
    await page.getByRole('heading', { name: 'Anna Petrova', level: 1 }).waitFor();
    expect((await scene.get('/users/me', anna)).user.name).toBe('Anna Petrova');
  });

  test('a name that the server refuses is complained about beside its field', async () => {
    await openSettings(page, 'Anna');
    const name = page.getByRole('textbox', { name: 'Name' });
    await name.fill('Administration');
    await button(page, 'Save').click();
    await sheet(page).getByText('The app uses this name itself.').waitFor();
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    expect((await scene.get('/users/me', anna)).user.name).toBe('Anna');
  });

  test('the theme and the language change at once and survive a reload', async () => {
    const background = () =>
      page.evaluate<string>('getComputedStyle(document.querySelector(".sheet")).backgroundColor');
    await openSettings(page, 'Appearance System, English');
    const light = await background();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await expect.poll(background).not.toBe(light);
    const dark = await background();
    await page.getByRole('radio', { name: 'Русский' }).check();
    await expect.poll(() => heading().innerText()).toBe('Оформление');
    await page.reload();
    await expect.poll(() => heading().innerText()).toBe('Оформление');
    expect(await background()).toBe(dark);
    expect(await page.getByRole('radio', { name: 'Тёмная' }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: 'Как в системе' }).check();
    await expect.poll(background).toBe(light);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(background).toBe(dark);
    await button(page, 'Назад').click();
    await button(page, /^Оформление Как в системе, Русский/).waitFor();
  });

  test('the user chooses who may add them to groups', async () => {
    await openSettings(page, 'Privacy');
    await page.getByRole('radio', { name: 'Nobody' }).check();
    await expect.poll(async () => (await scene.get('/users/me', anna)).user.addedBy).toBe('nobody');
    await page.reload();
    await expect.poll(() => page.getByRole('radio', { name: 'Nobody' }).isChecked()).toBe(true);
  });

  test('a blocked person is listed and unblocked', async () => {
    await scene.post(`/users/${boris.user.id}/block`, anna, undefined, 'PUT');
    await openSettings(page, 'Privacy', 'Blocked');
    await expectAccessible(page);
    await button(page, 'Unblock Boris').press('Enter');
    await sheet(page).getByText('Boris is unblocked.').waitFor();
    await sheet(page).getByText('You have blocked nobody.').waitFor();
    await expect.poll(focused).toBe('Blocked people');
    expect((await scene.get('/users/me/blocks', anna)).users).toEqual([]);
  });

  test('somebody who is unblocked in the settings can be written to at once', async () => {
    const direct = await scene.newDirect(anna, boris);
    await scene.post(`/users/${boris.user.id}/block`, anna, undefined, 'PUT');
    await chatLink(page, 'Boris').click();
    await page.locator('.chat header[data-connection=ended]').waitFor();
    await openSettings(page, 'Privacy', 'Blocked');
    await button(page, 'Unblock Boris').click();
    await page.locator('.chat header[data-connection=live]').waitFor();
    expect(await page.evaluate('location.hash')).toContain(direct);
  });

  test('all chats are marked as read', async () => {
    const lake = await scene.newGroup('Hills', boris, anna);
    await scene.say(boris, lake, 'Hello');
    const badge = chatLink(page, 'Hills').getByRole('img', { name: /unread/ });
    await badge.waitFor();
    await expect.poll(() => page.title()).toMatch(/^\(\d+\)/);
    await openSettings(page, 'Mark all chats as read');
    await sheet(page).getByText('All chats are marked as read.').waitFor();
    await expect.poll(() => page.title()).toBe('Group chat');
    await badge.waitFor({ state: 'detached' });
  });

  test('a profile that does not load can be asked for again', async () => {
    await page.route('**/users/me', (route) => route.abort());
    await page.goto('/#panel=settings/account');
    await page.reload();
    await button(page, 'Try again').waitFor();
    await page.unroute('**/users/me');
    await button(page, 'Try again').click();
    await button(page, /^Email/).waitFor();
  });

  const parts = [
    'settings',
    ...['profile', 'account', 'account/email', 'account/phone', 'account/password', 'account/google'],
    ...['devices', 'privacy', 'notifications', 'appearance', 'data', 'data/delete'],
  ];
  // The test of every screen looks at the most important ones at other sizes.
  test('each part is accessible and fits into 320 pixels', async () => {
    const options = { viewport: { width: 320, height: 640 }, colorScheme: 'dark', locale: 'ru-RU' } as const;
    const visitor = await scene.visit(anna, options);
    for (const part of parts) {
      await visitor.page.goto(`/#panel=${part === 'settings' ? part : `settings/${part}`}`);
      await sheet(visitor.page).locator('.settings :is(.sheet-row, form)').first().waitFor();
      await expectAccessible(visitor.page);
      const content = sheet(visitor.page).locator('.content');
      expect(await content.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    }
  });
});
