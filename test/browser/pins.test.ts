import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { button, chatLink, connected, type Person, useScene } from './scene.ts';

/** Pinned messages. */

describe.skipIf(!findChromium())('pins', () => {
  const scene = useScene();
  let anna: Person;
  let boris: Person;
  let lake: string;

  beforeEach(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    lake = await scene.newGroup('Lake', anna, boris);
  });

  async function open(person: Person, options?: Parameters<typeof scene.visit>[1]): Promise<Page> {
    const { page } = await scene.visit(person, options);
    await chatLink(page, 'Lake').click();
    await connected(page).waitFor();
    return page;
  }

  const row = (page: Page, text: string) => page.locator('.messages [data-seq]', { hasText: text });
  const bar = (page: Page) => page.getByRole('region', { name: 'Pinned messages' });
  const pin = (text: { id: string }, person = anna) =>
    scene.post(`/chats/${lake}/pins/${text.id}`, person, undefined, 'PUT');
  const said = async (text: string) => (await scene.say(anna, lake, text)).message as { id: string };

  async function openMenu(page: Page, text: string): Promise<void> {
    await row(page, text).hover();
    await row(page, text).getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('dialog').waitFor();
  }

  test('the owner pins from the menu, the other sees it at once and may not unpin it', async () => {
    await said('The address');
    const [annas, boriss] = [await open(anna), await open(boris)];
    await expect.poll(() => bar(annas).count()).toBe(0);
    await openMenu(annas, 'The address');
    await button(annas, 'Pin').click();
    for (const page of [annas, boriss]) {
      await bar(page).getByText('The address').waitFor();
      await row(page, 'The address').getByRole('img', { name: 'Pinned' }).waitFor();
      await expectAccessible(page);
    }
    await openMenu(boriss, 'The address');
    await expect.poll(() => boriss.getByRole('dialog').getByRole('button', { name: 'Unpin' }).count()).toBe(0);
    await boriss.keyboard.press('Escape');
    await button(boriss, 'All pinned messages').click();
    await expect.poll(() => button(boriss, 'Unpin').count()).toBe(0);
    await boriss.keyboard.press('Escape');
    await openMenu(annas, 'The address');
    await button(annas, 'Unpin').click();
    for (const page of [annas, boriss]) await expect.poll(() => bar(page).count()).toBe(0);
    await expect.poll(() => row(boriss, 'The address').getByRole('img', { name: 'Pinned' }).count()).toBe(0);
  });

  test('the bar goes from pin to pin, the list jumps and unpins', async () => {
    for (const text of ['One', 'Two', 'Three']) await pin(await said(text));
    for (let n = 0; n < 5; n++) await said('A long line\n'.repeat(12));
    const page = await open(anna, { viewport: { width: 320, height: 640 } });
    for (const text of ['Three', 'Two', 'One', 'Three']) {
      await bar(page).getByText(text).click();
      await page.locator('.marked', { hasText: text }).waitFor();
      await expect.poll(() => row(page, text).isVisible()).toBe(true);
    }
    await button(page, 'All pinned messages').click();
    await expectAccessible(page);
    const dialog = page.getByRole('dialog', { name: 'Pinned messages' });
    await expect.poll(() => dialog.locator('.quote span').allInnerTexts()).toEqual(['Three', 'Two', 'One']);
    await dialog.getByRole('listitem').filter({ hasText: 'Two' }).getByRole('button', { name: 'Unpin' }).click();
    await expect.poll(() => dialog.locator('.quote span').allInnerTexts()).toEqual(['Three', 'One']);
    await dialog.getByText('One').click();
    await page.locator('.marked', { hasText: 'One' }).waitFor();
    await expect.poll(() => dialog.count()).toBe(0);
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  });

  test('a pin follows an edit and goes with the message; one that was missed is there after a reconnect', async () => {
    const one = await said('One');
    await pin(one);
    const page = await open(boris);
    await bar(page).getByText('One').waitFor();
    await scene.post(`/chats/${lake}/messages/${one.id}`, anna, { content: 'One again' }, 'PATCH');
    await bar(page).getByText('One again').waitFor();
    await page.context().setOffline(true);
    await page.getByText('Offline').waitFor();
    await scene.post(`/chats/${lake}/messages/${one.id}`, anna, {}, 'DELETE');
    await pin(await said('Another'));
    await page.context().setOffline(false);
    await bar(page).getByText('Another').waitFor();
    await expect.poll(() => bar(page).getByText('One again').count()).toBe(0);
  });

  test('both may pin in a direct chat', async () => {
    const chatId = await scene.newDirect(anna, boris);
    await scene.say(anna, chatId, 'The address');
    const { page } = await scene.visit(boris);
    await page.goto(`/#chat=${chatId}`);
    await connected(page).waitFor();
    await openMenu(page, 'The address');
    await button(page, 'Pin').click();
    await bar(page).getByText('The address').waitFor();
  });
});
