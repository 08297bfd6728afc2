import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium, phone } from './chromium.ts';
import { openChat, openMenu, row } from './messages.ts';
import { box, edgesOf, type Person, useScene } from './scene.ts';

/** The ways to the menu of a message. */

describe.skipIf(!findChromium())('the menu of a message', () => {
  const scene = useScene();
  let [anna, boris] = [] as unknown as [Person, Person];
  let chatId = '';

  beforeAll(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    chatId = await scene.newGroup('Lake', anna, boris);
    await scene.say(boris, chatId, 'See https://example.com/a');
    await scene.say(anna, chatId, 'Hello');
  });

  const menu = (page: Page) => page.getByRole('dialog', { name: 'Message of Anna' });
  const words = (page: Page) => menu(page).getByRole('button').allInnerTexts();

  test('opens by keyboard, where the arrows lead through it, and gives the focus back', async () => {
    const { page } = await scene.visit(anna);
    await openChat(page, 'Lake');
    const opener = row(page, 'Hello').getByRole('button', { name: 'Actions' });
    // Between them is the button before the box.
    await box(page).press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await expect.poll(() => opener.evaluate((element) => element.matches(':focus'))).toBe(true);
    await expect.poll(() => page.evaluate('getComputedStyle(document.activeElement).opacity')).toBe('1');
    await opener.press('Enter');
    await menu(page).waitFor();
    await expectAccessible(page);
    const all = await words(page);
    expect(all.slice(0, 6)).toEqual(['👍', '❤️', '😂', '😮', '😢', '🙏']);
    expect(all).toEqual(expect.arrayContaining(['Copy the text', 'Edit', 'Delete']));
    const focused = page.locator(':focus');
    await expect.poll(() => focused.innerText()).toBe('👍');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => focused.innerText()).toBe(all.at(-1));
    for (const _ of [1, 2]) await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused.innerText()).toBe('❤️');
    await page.keyboard.press('Escape');
    await menu(page).waitFor({ state: 'detached' });
    await expect.poll(() => opener.evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  test('opens with a right click, copies the text, and a click beside it closes it', async () => {
    const { page } = await scene.visit(anna);
    await openChat(page, 'Lake');
    await row(page, 'Hello').locator('p').click({ button: 'right' });
    await menu(page).waitFor();
    await page.mouse.click(5, 5);
    await menu(page).waitFor({ state: 'detached' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await row(page, 'Hello').locator('p').click({ button: 'right' });
    await menu(page).getByRole('button', { name: 'Copy the text' }).click();
    await page.getByRole('alert').getByText('Text copied.').waitFor();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe('Hello');
    // A link keeps the browser's menu.
    await row(page, 'See').getByRole('link').click({ button: 'right' });
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  test('opens with a long press, but not when the finger moves or is short', async () => {
    const { page } = await scene.visit(anna, { viewport: phone, hasTouch: true, isMobile: true });
    await openChat(page, 'Lake');
    const text = row(page, 'Hello').locator('p');
    const at = { pointerType: 'touch', clientX: 200, clientY: 300, bubbles: true };
    const press = async (end: 'pointerup' | 'pointermove' | 'pointercancel') => {
      await text.dispatchEvent('pointerdown', at);
      await text.dispatchEvent(end, { ...at, clientY: 320 });
      await page.clock.runFor(1000);
    };
    await page.clock.pauseAt(Date.now() + 60_000);
    for (const end of ['pointerup', 'pointermove', 'pointercancel'] as const) await press(end);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await text.dispatchEvent('pointerdown', at);
    await text.dispatchEvent('pointermove', { ...at, clientY: 305 });
    await page.clock.runFor(500);
    await menu(page).waitFor();
    await expect.poll(() => edgesOf(menu(page))).toEqual([0, phone.width, phone.height]);
  });

  test('a message of somebody else has no edit, and a deleted one has no menu', async () => {
    const { message } = await scene.say(boris, chatId, 'Gone soon');
    const { page } = await scene.visit(boris);
    await openChat(page, 'Lake');
    await openMenu(page, 'Hello');
    const all = await words(page);
    expect(['Copy the text', 'Edit', 'Delete'].map((word) => all.includes(word))).toEqual([true, false, false]);
    await page.keyboard.press('Escape');
    await scene.post(`/chats/${chatId}/messages/${message.id}`, boris, {}, 'DELETE');
    const deleted = row(page, 'Message deleted');
    await deleted.waitFor();
    await expect.poll(() => deleted.getByRole('button').count()).toBe(0);
    await deleted.locator('p').click({ button: 'right' });
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });
});
