import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { request } from '../support/api-client.ts';
import { expectAccessible, findChromium, lanName } from './chromium.ts';
import { openChat } from './messages.ts';
import { button, type Person, setHidden, useScene } from './scene.ts';
import { chooseLanguage, openSettings, sheet, signOut } from './settings.ts';

/** Push notifications, which the browser shows while the page is hidden. */

describe.skipIf(!findChromium('whole'))('notifications of the browser', () => {
  const scene = useScene('of the tests', {
    context: () => ({ stage: 'prod', stages: { prod: { push: true } } }),
    notifies: true,
    // Eight seconds take an eighth of one.
    queueDelay: (seconds) => seconds * 15,
  });
  let [anna, boris] = [] as unknown as [Person, Person];
  let lake = '';

  beforeEach(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    lake = await scene.newGroup('Lake', anna, boris);
    await scene.newGroup('Hills', boris);
  });

  /** Opens Boris's page, in which `shown` has the notifications that the browser has been told to show. */
  const visit = async (options: { permissions?: string[]; locale?: string } = { permissions: ['notifications'] }) => {
    const { page } = await scene.visit(boris, options);
    await page.evaluate(`
      globalThis.shown = [];
      globalThis.Notification = class extends Notification {
        constructor(...words) {
          super(...words);
          shown.push(this);
        }
      };
    `);
    return page;
  };
  const here = (page: Page) => sheet(page).getByRole('switch', { name: /^(Notifications|Уведомления) / });
  const open = (page: Page) => openSettings(page, '(Notifications|Уведомления)');
  const close = async (page: Page) => {
    await button(page, /^(Close|Закрыть)$/).click();
    await sheet(page).waitFor({ state: 'detached' });
  };
  const turn = async (page: Page, isOn: boolean) => {
    await open(page);
    await here(page).click();
    await expect.poll(() => here(page).getAttribute('aria-checked')).toBe(String(isOn));
    await close(page);
  };
  const choosePreview = async (page: Page, name: string, preview: string) => {
    await sheet(page).getByRole('radio', { name }).check();
    await expect.poll(async () => (await scene.get('/users/me', boris)).user.pushPreview).toBe(preview);
  };
  const hide = async (page: Page) => {
    const listening = page.waitForResponse(/_local\/push/);
    await setHidden(page, true);
    expect((await listening).status()).toBe(200);
  };
  const shown = (page: Page) =>
    page.evaluate<string[][]>('shown.map(({ title, body }) => [title, body].map((text) => text.replace(/[⁨⁩]/g, "")))');
  const streams = (page: Page) =>
    page.evaluate("navigator.locks.query().then(({ held }) => held.filter(({ name }) => name === 'pushes').length)");
  /** The pushes to Boris that the server has sent. */
  const sent = async () => (await request(scene.url, 'GET', `/_local/push?user=${boris.user.id}`)).body.pushes;

  test('a message is shown while the page is hidden, and a click opens it', async () => {
    const page = await visit();
    await openChat(page, 'Hills');
    await turn(page, true);
    const pier = await scene.newGroup('Pier', anna, boris);
    await scene.say(anna, pier, 'Nobody is away');
    await expect.poll(sent).toHaveLength(1);
    await hide(page);
    await scene.say(anna, lake, 'Shall we go?');
    await expect.poll(() => shown(page)).toEqual([['Lake', 'Anna: Shall we go?']]);
    for (const text of ['Or not?', 'Tell me']) await scene.say(anna, lake, text);
    await page.evaluate('shown[0].onclick()');
    await setHidden(page, false);
    await page.getByRole('heading', { name: 'Lake', level: 2 }).waitFor();
    await page.locator('.marked', { hasText: 'Shall we go?' }).waitFor();
    expect(await page.evaluate('location.hash')).toBe(`#chat=${lake}`);
    await expect.poll(() => streams(page)).toBe(0);
  });

  test('each start registers the browser again, until notifications are turned off', async () => {
    const page = await visit();
    await turn(page, true);
    const registers = () =>
      page.waitForRequest((one) => one.method() === 'PUT' && one.url().endsWith('/users/me/push'));
    const again = registers();
    await page.reload();
    const token = await page.evaluate("localStorage.getItem('pushToken')");
    expect((await again).postDataJSON()).toEqual({ token, platform: 'web', locale: 'en' });
    const inRussian = registers();
    await chooseLanguage(page, 'Русский');
    expect((await inRussian).postDataJSON()).toMatchObject({ token, locale: 'ru' });
    const deleted = page.waitForRequest((one) => one.method() === 'DELETE' && one.url().endsWith('/users/me/push'));
    await turn(page, false);
    await deleted;
    await setHidden(page, true);
    expect([await page.evaluate("localStorage.getItem('pushToken')"), await streams(page)]).toEqual([null, 0]);
  });

  test('the page says what to do if the browser does not allow notifications', async () => {
    const page = await visit({});
    await open(page);
    await here(page).click();
    await sheet(page).getByText('Click the icon next to the address').waitFor();
    expect(await here(page).getAttribute('aria-checked')).toBe('false');
    await expectAccessible(page);
    await page.context().grantPermissions(['notifications']);
    await here(page).click();
    await expect.poll(() => here(page).getAttribute('aria-checked')).toBe('true');
    await sheet(page).getByText('Click the icon').waitFor({ state: 'detached' });
    await hide(page);
  });

  test('notifications show as much as the user has chosen, in the language of the page', async () => {
    const page = await visit({ permissions: ['notifications'], locale: 'ru-RU' });
    await turn(page, true);
    await open(page);
    await choosePreview(page, 'Ни автора, ни текста', 'none');
    await hide(page);
    await scene.say(anna, lake, 'A secret');
    await expect.poll(() => shown(page)).toEqual([['Новое сообщение', '']]);
    await setHidden(page, false);
    await page.reload();
    expect(await here(page).getAttribute('aria-checked')).toBe('true');
    await expect.poll(() => page.getByRole('radio', { name: 'Ни автора, ни текста' }).isChecked()).toBe(true);
    await button(page, 'Назад').click();
    await button(page, 'Уведомления Включены').waitFor();
  });

  test.each(['signs out', 'was signed out elsewhere'])('a user who %s leaves nothing to the next one', async (how) => {
    const page = await visit();
    await turn(page, true);
    await page.evaluate("localStorage.setItem('emojis', '🐸')");
    if (how === 'signs out') await signOut(page);
    else {
      await scene.post('/auth/logout', boris, {});
      await page.reload();
    }
    await button(page, 'Create an account').waitFor();
    const kept = await page.evaluate<string[]>('Object.keys(localStorage)');
    expect(kept).not.toContain('pushToken');
    expect(kept).not.toContain('emojis');
    if (how !== 'signs out') for (const complaint of scene.complaints()) expect(complaint).toContain('status of 401');
  });

  test('nothing is listened to after a logout', async () => {
    const page = await visit();
    await turn(page, true);
    await hide(page);
    await expect.poll(() => streams(page)).toBe(1);
    await signOut(page);
    await button(page, 'Create an account').waitFor();
    await expect.poll(() => streams(page)).toBe(0);
  });

  test('another machine has no notifications in its browser, but what they show can be chosen there', async () => {
    const { page } = await scene.visit(boris, {}, lanName);
    await openChat(page, 'Lake');
    await open(page);
    await page.getByText('only on the laptop itself').waitFor();
    expect(await here(page).count()).toBe(0);
    await expectAccessible(page);
    await choosePreview(page, 'Only the author', 'name');
  });
});
