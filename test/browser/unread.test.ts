import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openDemoChat } from '../../infra/local/console/open-demo-chat.ts';
import { desktop, expectAccessible, findChromium } from './chromium.ts';
import { startChat } from './entry.ts';
import { answer, ask, box, button, chatLink, connected, log, type Person, say, useScene } from './scene.ts';
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

  /** The numbers of the messages that are loaded, and those of them that are on the screen. */
  const seqs = (page: Page) =>
    page.evaluate<{ loaded: number[]; seen: number[] }>(`(() => {
      const { top, bottom } = document.querySelector('.messages').getBoundingClientRect();
      const rows = [...document.querySelectorAll('.messages [data-seq]')].map((row) => {
        const box = row.getBoundingClientRect();
        return { seq: Number(row.dataset.seq), isSeen: box.bottom > top && box.top < bottom };
      });
      const seqsOf = (some) => some.map(({ seq }) => seq);
      return { loaded: seqsOf(rows), seen: seqsOf(rows.filter(({ isSeen }) => isSeen)) };
    })()`);

  /** A chat with five messages that Anna has read, with 80 that she has not, and with some of her own among the newest. */
  async function manyUnread(own: number) {
    const [anna, ...crowd] = await Promise.all(Array.from({ length: 10 }, (_, n) => scene.newPerson(`Guest ${n}`)));
    const chatId = await scene.newGroup('Crowd', crowd[0] as Person, anna as Person, ...crowd.slice(1));
    await scene.newGroup('Hills', anna as Person);
    for (let n = 0; n < 5; n++) await scene.say(crowd[0] as Person, chatId, `Read ${n}`);
    await scene.post(`/chats/${chatId}/read`, anna as Person, { seq: 6 });
    const sayAll = async (person: Person) => {
      for (let n = 0; n < 10; n++) await scene.say(person, chatId, `Unread ${n}`);
    };
    await Promise.all(crowd.slice(1).map(sayAll));
    for (let n = 0; n < own; n++) await scene.say(anna as Person, chatId, `My own ${n}`);
    const { page } = await scene.visit(anna, { viewport: { ...desktop, height: 500 } });
    const stored = async () => {
      const { chats } = await scene.get('/chats', anna as Person);
      return chats.find(({ id }: { id: string }) => id === chatId).unreadCount;
    };
    return { page, stored, chatId, boris: crowd[0] as Person };
  }

  const toNewest = (page: Page) => button(page, /^To the newest message/);
  const scrollDown = (page: Page, by: string) =>
    page.locator('.messages').evaluate((list, pixels) => list.scrollBy(0, pixels), by === 'end' ? 1e6 : 300);

  test('a chat with more unread messages than a page opens at the first one, and only what was on the screen is read', async () => {
    const { page, stored, chatId, boris } = await manyUnread(0);
    await chatLink(page, 'Crowd').click();
    await page.locator('.unread').waitFor();
    const [[before]] = (await aroundLine(page)) as [[string]];
    expect(before).toBe('Read 4');
    await expect.poll(async () => (await seqs(page)).seen[0]).toBe(7);
    await connected(page).waitFor();

    const seenAtFirst = (await seqs(page)).seen.at(-1) as number;
    await button(page, `To the newest message: ${86 - seenAtFirst} unread messages`).waitFor();
    await expect.poll(stored).toBe(86 - seenAtFirst);
    await scrollDown(page, 'a little');
    await expect.poll(async () => (await seqs(page)).seen[0]).toBeGreaterThan(7);
    const seenThen = (await seqs(page)).seen.at(-1) as number;
    await button(page, `To the newest message: ${86 - seenThen} unread messages`).waitFor();

    await scene.say(boris, chatId, 'A live one');
    await button(page, `To the newest message: ${87 - seenThen} unread messages`).waitFor();
    await chatLink(page, 'Hills').click();
    await expect.poll(stored).toBe(87 - seenThen);

    await chatLink(page, 'Crowd').click();
    await page.locator('.unread').waitFor();
    await expect.poll(async () => (await seqs(page)).seen[0]).toBe(seenThen + 1);
    for (let n = 0; n < 12 && (await toNewest(page).count()) > 0; n++) {
      const { loaded } = await seqs(page);
      await scrollDown(page, 'end');
      const isFurther = async () => (await seqs(page)).loaded.length > loaded.length;
      await expect.poll(async () => (await isFurther()) || (await toNewest(page).count()) === 0).toBe(true);
    }
    const { loaded } = await seqs(page);
    expect(loaded).toEqual(loaded.map((_, n) => n + (loaded[0] ?? 0)));
    expect(loaded.at(-1)).toBe(87);
    await chatLink(page, 'Hills').click();
    await expect.poll(stored).toBe(0);
  });

  test('the line is also found above many messages of the user’s own, and the button leads to the newest one', async () => {
    const { page, stored } = await manyUnread(8);
    await chatLink(page, 'Crowd').click();
    await expect.poll(async () => (await seqs(page)).seen[0]).toBe(7);
    expect((await aroundLine(page))[0]?.slice(0, 2)).toEqual(['Read 4', 'New messages']);
    const seen = (await seqs(page)).seen.at(-1) as number;
    await button(page, `To the newest message: ${86 - seen} unread messages`).click();
    await expect.poll(async () => (await seqs(page)).seen.at(-1)).toBe(94);
    await expect.poll(() => toNewest(page).count()).toBe(0);
    await chatLink(page, 'Hills').click();
    await expect.poll(stored).toBe(0);
  });

  test('a question leads to the newest messages, where its answer is', async () => {
    const { page } = await manyUnread(0);
    await chatLink(page, 'Crowd').click();
    await page.locator('.unread').waitFor();
    await connected(page).waitFor();
    await ask(page, 'Hills or lake?');
    await expect.poll(async () => (await seqs(page)).seen.at(-1)).toBe(87);
    expect(await toNewest(page).count()).toBe(0);
  });
});
