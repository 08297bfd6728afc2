import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { request } from '../support/api-client.ts';
import { expectAccessible, findChromium, lanName } from './chromium.ts';
import { openChat } from './messages.ts';
import { button, type Person, setHidden, useScene } from './scene.ts';

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
  const openDialog = async (page: Page) => {
    await button(page, /^(Settings|Настройки)$/).click();
    await button(page, /^(Notifications|Уведомления)$/).click();
    return page.getByRole('dialog');
  };
  const choose = async (page: Page, chosen: Record<string, string>) => {
    const dialog = await openDialog(page);
    for (const [label, value] of Object.entries(chosen)) await dialog.getByLabel(label).selectOption(value);
    await dialog.getByRole('button', { name: /^(Save|Сохранить)$/ }).click();
    return dialog;
  };
  const here = 'in this browser';
  const turnOn = async (page: Page) => (await choose(page, { [here]: 'on' })).waitFor({ state: 'detached' });
  const hide = async (page: Page) => {
    const listening = page.waitForResponse(/_local\/push/);
    await setHidden(page, true);
    expect((await listening).status()).toBe(200);
  };
  const shown = (page: Page) =>
    page.evaluate<string[][]>('shown.map(({ title, body }) => [title, body].map((text) => text.replace(/[⁨⁩]/g, "")))');
  const streams = (page: Page) => page.evaluate('navigator.locks.query().then(({ held }) => held.length)');
  /** The pushes to Boris that the server has sent. */
  const sent = async () => (await request(scene.url, 'GET', `/_local/push?user=${boris.user.id}`)).body.pushes;

  test('a message is shown while the page is hidden, and a click opens it', async () => {
    const page = await visit();
    await openChat(page, 'Hills');
    await turnOn(page);
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
    await turnOn(page);
    const registers = () =>
      page.waitForRequest((one) => one.method() === 'PUT' && one.url().endsWith('/users/me/push'));
    const again = registers();
    await page.reload();
    const token = await page.evaluate("localStorage.getItem('pushToken')");
    expect((await again).postDataJSON()).toEqual({ token, platform: 'web', locale: 'en' });
    const inRussian = registers();
    await button(page, 'По-русски').click();
    expect((await inRussian).postDataJSON()).toMatchObject({ token, locale: 'ru' });
    const deleted = page.waitForRequest((one) => one.method() === 'DELETE' && one.url().endsWith('/users/me/push'));
    await (await choose(page, { 'в этом браузере': 'off' })).waitFor({ state: 'detached' });
    await deleted;
    await setHidden(page, true);
    expect([await page.evaluate("localStorage.getItem('pushToken')"), await streams(page)]).toEqual([null, 0]);
  });

  test('the page says what to do if the browser does not allow notifications', async () => {
    const page = await visit({});
    const dialog = await choose(page, { [here]: 'on' });
    await dialog.getByText('Click the icon next to the address').waitFor();
    await expectAccessible(page);
    await page.context().grantPermissions(['notifications']);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await hide(page);
  });

  test('notifications show as much as the user has chosen, in the language of the page', async () => {
    const page = await visit({ permissions: ['notifications'], locale: 'ru-RU' });
    const dialog = await choose(page, { 'в этом браузере': 'on', 'на всех моих устройствах': 'none' });
    await dialog.waitFor({ state: 'detached' });
    expect((await scene.get('/users/me', boris)).user.pushPreview).toBe('none');
    await hide(page);
    await scene.say(anna, lake, 'A secret');
    await expect.poll(() => shown(page)).toEqual([['Новое сообщение', '']]);
    await setHidden(page, false);
    await openDialog(page);
    await expect
      .poll(() => page.locator('option:checked').allInnerTexts())
      .toEqual(['Включены', 'Ни автора, ни текста']);
  });

  test('nothing is listened to after a logout', async () => {
    const page = await visit();
    await turnOn(page);
    await hide(page);
    await expect.poll(() => streams(page)).toBe(1);
    await button(page, 'Sign out').click();
    await button(page, 'Create an account').waitFor();
    await expect.poll(() => streams(page)).toBe(0);
  });

  test('another machine has no notifications in its browser, but what they show can be chosen there', async () => {
    const { page } = await scene.visit(boris, {}, lanName);
    await openChat(page, 'Lake');
    await openDialog(page);
    await page.getByText('only on the laptop itself').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    const dialog = await choose(page, { 'on all my devices': 'name' });
    await dialog.waitFor({ state: 'detached' });
    expect((await scene.get('/users/me', boris)).user.pushPreview).toBe('name');
  });
});
