import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium, phone } from './chromium.ts';
import { openChat } from './messages.ts';
import { button, chatLink, log, type Person, useScene } from './scene.ts';

/** Searching in one chat and in all, in a chat whose first messages are far above the page that is loaded. */

describe.skipIf(!findChromium())('a search', () => {
  const scene = useScene();
  let crowd: Person[];
  let anna: Person;
  let boat: string;

  beforeAll(async () => {
    crowd = await Promise.all(Array.from({ length: 7 }, (_, n) => scene.newPerson(`Guest ${n}`)));
    [anna] = crowd as [Person];
    boat = await scene.newGroup('Boat', ...(crowd as [Person]));
    await scene.say(anna, boat, 'Лодку возьмём в субботу, она у причала');
    const { message } = await scene.say(anna, boat, 'О лодках больше ни слова');
    await scene.post(`/chats/${boat}/messages/${message.id}`, anna, {}, 'DELETE');
    // Each person's messages one after the other: more at once would be refused on a busy machine.
    const sayAll = async (person: Person) => {
      for (let n = 0; n < 8; n++) await scene.say(person, boat, `It says ${n}`);
    };
    await Promise.all(crowd.map(sayAll));
    // Otherwise the chat would open at the first of them.
    await scene.post('/chats/read-all', anna, {});
    const hills = await scene.newGroup('Hills', anna);
    await scene.say(anna, hills, 'A hill has no ЛОДКА');
  });

  const inChat = (page: Page) => page.getByRole('searchbox', { name: 'Search in this chat' });
  const inAll = (page: Page) => page.getByRole('searchbox', { name: 'Search chats and messages' });
  const hits = (page: Page) => page.locator('.hit');
  const original = (page: Page) => log(page).getByText('Лодку возьмём');
  const marked = (page: Page) => page.locator('.message.marked', { hasText: 'Лодку возьмём' });

  describe('in a chat', () => {
    let page: Page;
    beforeEach(async () => {
      ({ page } = await scene.visit(anna, { viewport: phone }));
      await openChat(page, 'Boat');
      await button(page, 'Search in this chat').click();
      await expect.poll(() => inChat(page).evaluate('document.activeElement?.type')).toBe('search');
    });

    test('finds another form of a Russian word, and Enter goes to the message far above', async () => {
      await inChat(page).fill('лодки');
      await page.getByRole('status').getByText('1 message found').waitFor();
      await expect.poll(() => page.locator('.hit mark').allInnerTexts()).toEqual(['Лодку']);
      expect(await original(page).count()).toBe(0);
      await expectAccessible(page);
      await inChat(page).press('Enter');
      await marked(page).waitFor();
      await expect.poll(() => inChat(page).evaluate('document.activeElement?.type')).toBe('search');
      await page.keyboard.press('Escape');
      await expect.poll(() => inChat(page).count()).toBe(0);
      await expect.poll(() => page.evaluate('document.activeElement?.ariaLabel')).toBe('Search in this chat');
    });

    test('goes on with older messages, and says how far it has come', async () => {
      await inChat(page).fill('says');
      await page
        .getByRole('status')
        .getByText(/^30 messages found, searched back to/)
        .waitFor();
      await button(page, 'Search further back').click();
      await page.getByRole('status').getByText('56 messages found').waitFor();
    });

    test('finds only what one person wrote', async () => {
      const author = page.getByRole('combobox', { name: 'From' });
      await author.selectOption('Guest 3');
      await inChat(page).fill('says');
      await page.getByRole('status').getByText('8 messages found').waitFor();
      expect(new Set(await page.locator('.hit strong').allInnerTexts())).toEqual(new Set(['Guest 3']));
      await author.press('ArrowDown');
      expect(await author.locator('option:checked').innerText()).toBe('Guest 4');
      await expect.poll(() => page.locator('.hit strong').first().innerText()).toBe('Guest 4');
      await author.selectOption('Anybody');
      await page
        .getByRole('status')
        .getByText(/^30 messages found/)
        .waitFor();
    });
  });

  test('in all chats finds by name at once and messages with Enter, and a hit opens its chat', async () => {
    const { page } = await scene.visit(anna);
    await chatLink(page, 'Hills').waitFor();
    await inAll(page).fill('hi');
    await expect.poll(() => page.locator('.chats [data-chat] strong').allInnerTexts()).toEqual(['Hills']);
    await inAll(page).fill('лодка');
    await page.getByText('No chats with this name').waitFor();
    await page.getByText('Check the spelling, or search the messages.').waitFor();
    await inAll(page).press('Enter');
    await page.getByRole('status').getByText('2 messages found').waitFor();
    await expect.poll(() => page.getByText('Check the spelling').count()).toBe(0);
    await expectAccessible(page);
    await hits(page).getByText('возьмём').click();
    await marked(page).waitFor();
    await inAll(page).press('Escape');
    await expect.poll(() => page.locator('.chats [data-chat]').count()).toBe(2);
  });
});
