import { beforeEach, describe, expect, test } from 'vitest';
import { findChromium, phone } from './chromium.ts';
import { openChat } from './messages.ts';
import { button, chatLink, holdBack, type Person, useScene } from './scene.ts';
import { openSettings } from './settings.ts';

/** The browser's back button and those of the page. */

describe.skipIf(!findChromium())('going back', () => {
  const scene = useScene();
  let anna: Person;
  let lake: string;

  beforeEach(async () => {
    anna = await scene.newPerson('Anna');
    lake = await scene.newGroup('Lake', anna);
    await scene.newGroup('Hills', anna);
  });

  test('from a chat by its arrow, the browser’s button then leaves the page', async () => {
    const { page } = await scene.visit(anna, { viewport: phone, hasTouch: true });
    for (const name of ['Lake', 'Hills']) {
      await openChat(page, name);
      await button(page, 'Back to chats').click();
      await chatLink(page, name).waitFor();
    }
    await page.goBack();
    expect(page.url()).toBe('about:blank');
  });

  test('from a chat by the browser’s button, the list is there', async () => {
    const { page } = await scene.visit(anna, { viewport: phone, hasTouch: true });
    await openChat(page, 'Lake');
    await page.goBack();
    await chatLink(page, 'Lake').waitFor();
    await expect.poll(() => page.evaluate('location.hash')).toBe('');
  });

  test('from a chat to which an address led, the arrow goes to the list, also after a reload', async () => {
    const { page } = await scene.visit(anna, { viewport: phone, hasTouch: true });
    await page.goto(`/#chat=${lake}`);
    await page.reload();
    await button(page, 'Back to chats').click();
    await chatLink(page, 'Lake').waitFor();
    await expect.poll(() => page.evaluate('location.hash')).toBe('');
  });

  test('from the search in a chat, the chat is there, and then the list', async () => {
    const { page } = await scene.visit(anna, { viewport: phone, hasTouch: true });
    await openChat(page, 'Lake');
    const box = page.getByRole('searchbox', { name: 'Search in this chat' });
    await button(page, 'Search in this chat').click();
    await box.waitFor();
    await page.goBack();
    await box.waitFor({ state: 'detached' });
    expect(await page.evaluate('location.hash')).toBe(`#chat=${lake}`);
    await page.goBack();
    await chatLink(page, 'Lake').waitFor();
  });

  test('a search to which an address led outlives a sheet; when it closes, its chat stays', async () => {
    const { page } = await scene.visit(anna);
    await page.goto(`/#chat=${lake}&search=boat`);
    const box = page.getByRole('searchbox', { name: 'Search in this chat' });
    await box.waitFor();
    await openSettings(page, 'Appearance');
    await button(page, 'Close').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await box.inputValue()).toBe('boat');
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'detached' });
    expect(await page.evaluate('location.hash')).toBe(`#chat=${lake}`);
  });

  test('a sheet that is closed by its own button does not come back', async () => {
    const { page } = await scene.visit(anna);
    await openChat(page, 'Lake');
    await openSettings(page, 'Appearance');
    await button(page, 'Close').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('location.hash')).toBe(`#chat=${lake}`);
    await page.goBack();
    await page.getByText('Choose a chat').waitFor();
  });

  test('a form that is saved after its sheet was closed does not open the settings again', async () => {
    const { page } = await scene.visit(anna);
    await openChat(page, 'Lake');
    await openSettings(page, 'Account', 'Change the password');
    await page.getByRole('textbox', { name: 'Current password' }).fill('correct horse');
    await page.getByRole('textbox', { name: 'New password' }).fill('battery staple');
    const { held, letGo } = await holdBack(page, /password$/);
    await button(page, 'Save').click();
    await held;
    await button(page, 'Close').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await letGo();
    await page.getByRole('alert').getByText('The password is changed.').waitFor();
    expect(await page.evaluate('location.hash')).toBe(`#chat=${lake}`);
  });

  test('settings whose script did not arrive close, and open when it does', async () => {
    const { page } = await scene.visit(anna);
    const script = /chunks\/settings-/;
    await page.route(script, (route) => route.abort());
    await page.goto(`/#chat=${lake}`);
    await page.reload();
    await button(page, 'Settings').click();
    await page.getByRole('alert').getByText(/./).waitFor();
    await expect.poll(() => page.evaluate('location.hash')).toBe(`#chat=${lake}`);
    await page.unroute(script);
    await openSettings(page, 'Appearance');
    for (const complaint of scene.complaints()) expect(complaint).toContain('dynamically imported module');
  });
});
