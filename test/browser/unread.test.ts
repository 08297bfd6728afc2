import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openDemoChat } from '../../infra/local/console/open-demo-chat.ts';
import { desktop, expectAccessible, findChromium } from './chromium.ts';
import { startChat } from './entry.ts';
import { answer, box, button, chatLink, log, say, useScene } from './scene.ts';
import { signOut } from './settings.ts';

/** The line above the messages that the user has not read, and the chat that the demo account begins with. */

describe.skipIf(!findChromium())('the unread messages', () => {
  const scene = useScene('of the runner');

  /** For each line: the text of the row above it, its own and that of the row below it. */
  const aroundLine = (page: Page) =>
    page.evaluate<string[][]>(`
      const textOf = (row) => row.querySelector('.bubble > p').textContent;
      Array.from(document.querySelectorAll('.unread'), (line) =>
        [textOf(line.previousElementSibling), line.textContent, textOf(line.nextElementSibling)]);
    `);

  test('the demo account begins with its newest chat, where a line is above the unread messages', async () => {
    await openDemoChat(scene.url, true);
    const { page } = await scene.visit();
    await page.getByText('How to chat with yourself').click();
    await page.getByText('sign in as demo-anna@example.com with the password “demo password”').waitFor();
    await expectAccessible(page);
    await button(page, 'Continue as Demo').click();
    await page.getByRole('heading', { name: 'Saturday', level: 2 }).waitFor();
    await log(page).getByText('She says yes!').waitFor();
    const before = 'I will ask my sister whether we can have her car';
    await expect.poll(() => aroundLine(page)).toEqual([[before, 'New messages', 'She says yes!']]);
    await expectAccessible(page);

    await chatLink(page, 'Anna').click();
    await page.getByRole('heading', { name: 'Anna', level: 2 }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Anna', level: 2 }).waitFor();
  });

  test('an invitation and a chat in the address come before the newest chat', async () => {
    await openDemoChat(scene.url, true);
    const boris = await scene.newPerson('Boris');
    const groupId = await scene.newGroup('Lake', boris);
    const { group } = await scene.get(`/groups/${groupId}`, boris);
    const { page } = await scene.visit();
    await page.goto(`/#join=${group.inviteCode}`);
    await button(page, 'Continue as Demo').click();
    await page.getByRole('heading', { name: 'Lake', level: 2 }).waitFor();
    await signOut(page);
    await scene.say(boris, groupId, 'Later than the others');
    await page.goto(`/#chat=${crypto.randomUUID()}`);
    await button(page, 'Continue as Demo').click();
    await page.getByRole('heading', { name: 'Lake', level: 2 }).waitFor();
  });

  test('the newest chat does not open over one that the user has opened meanwhile', async () => {
    await openDemoChat(scene.url, true);
    const { page } = await scene.visit();
    const gate = Promise.withResolvers<void>();
    await page.route(/\/chats$/, async (route) => {
      const response = await route.fetch();
      await gate.promise;
      await route.fulfill({ response });
    });
    await button(page, 'Continue as Demo').click();
    await startChat(page, 'New group');
    await answer(page, 'Group name', 'Lake');
    await page.waitForURL(/#chat=/);
    gate.resolve();
    await chatLink(page, 'Anna').waitFor();
    await page.getByRole('heading', { name: 'Lake', level: 2 }).waitFor();
  });

  test('a chat with more than fits on the screen opens at its first unread message', async () => {
    const [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    const chatId = await scene.newGroup('Lake', boris, anna);
    await scene.newGroup('Hills', anna);
    const tall = (n: number) => `Message ${n}${'\n·'.repeat(6)}`;
    for (const n of [1, 2]) await scene.say(boris, chatId, tall(n));
    const { message } = await scene.say(anna, chatId, 'Read up to here');
    await scene.post(`/chats/${chatId}/read`, anna, { seq: message.seq });
    for (const n of [3, 4, 5, 6, 7, 8]) await scene.say(n === 6 ? anna : boris, chatId, tall(n));
    const { page } = await scene.visit(anna, { viewport: { ...desktop, height: 500 } });
    await chatLink(page, 'Lake').click();
    await page.locator('.unread').waitFor();
    await expect.poll(() => aroundLine(page)).toEqual([['Read up to here', 'New messages', tall(3)]]);
    const topOf = async (selector: string) => (await page.locator(selector).boundingBox())?.y ?? 0;
    const offset = async () => Math.abs((await topOf('.unread')) - (await topOf('.messages')));
    await expect.poll(offset).toBeLessThan(3);
    await scene.say(boris, chatId, 'A live one');
    await log(page).getByText('A live one').waitFor({ state: 'attached' });
    expect(await offset()).toBeLessThan(3);
    await say(page, 'Mine');
    await page.locator('.mine', { hasText: 'Mine' }).waitFor();
    await expect.poll(() => aroundLine(page)).toEqual([['Read up to here', 'New messages', tall(3)]]);

    await chatLink(page, 'Hills').click();
    await page.getByRole('heading', { name: 'Hills', level: 2 }).waitFor();
    const unread = async () =>
      (await scene.get('/chats', anna)).chats.map((chat: { unreadCount: number }) => chat.unreadCount);
    await expect.poll(unread).toEqual([0, 0]);
    await chatLink(page, 'Lake').click();
    await box(page).waitFor();
    await log(page).getByText('A live one').waitFor();
    await expect.poll(() => page.locator('.unread').count()).toBe(0);
  });
});
