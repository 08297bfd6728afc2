import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium } from './chromium.ts';
import { button, chatLink, connected, log, type Person, say, useScene } from './scene.ts';

/** From a quote to a message that is far above. */

describe.skipIf(!findChromium())('a jump into the history', () => {
  const scene = useScene();
  let crowd: Person[];
  let first: Person;
  let chatId: string;
  let page: Page;

  beforeAll(async () => {
    crowd = await Promise.all(Array.from({ length: 17 }, (_, n) => scene.newPerson(`Guest ${n}`)));
    [first] = crowd as [Person];
    chatId = await scene.newGroup('Crowd', ...(crowd as [Person]));
    const { message } = await scene.say(first, chatId, 'Where it began');
    // Each person's messages one after the other: more at once would be refused on a busy machine.
    const sayAll = async (person: Person) => {
      for (let n = 0; n < 9; n++) await scene.say(person, chatId, `It says ${n}`);
    };
    await Promise.all(crowd.map(sayAll));
    await scene.post(`/chats/${chatId}/messages`, first, { content: 'As I said', replyToId: message.id });
    await scene.post('/chats/read-all', first, {});
    ({ page } = await scene.visit(first));
  });

  const rows = () => page.locator('.messages [data-seq]');
  const seqs = () => rows().evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-seq'))));
  const list = () => page.locator('.messages');
  const toNewest = () => button(page, /^To the newest message/);
  const original = () => log(page).getByText('Where it began').and(page.locator('.bubble > p'));

  /** Shows the newest page, and jumps. */
  beforeEach(async () => {
    await page.goto('/');
    await chatLink(page, 'Crowd').click();
    await connected(page).waitFor();
    await expect.poll(() => rows().count()).toBe(25);
    await page.locator('.quote', { hasText: 'Where it began' }).last().click();
    await page.locator('.marked', { hasText: 'Where it began' }).waitFor();
  });

  test('shows the page around the message, and the button leads back to the newest one', async () => {
    const shown = await seqs();
    expect(shown.length).toBe(50);
    expect(shown).toEqual(shown.map((_, n) => n + (shown[0] ?? 0)));
    await expect.poll(() => log(page).getByText('As I said').count()).toBe(0);
    await expect.poll(() => original().isVisible()).toBe(true);
    await toNewest().click();
    await log(page).getByText('As I said').waitFor();
    await expect.poll(() => toNewest().count()).toBe(0);
  });

  test('counts what arrives meanwhile on the button, and shows it with the newest ones', async () => {
    await scene.say(crowd[1] as Person, chatId, 'A live one');
    await button(page, 'To the newest message: 1 unread message').waitFor();
    await expect.poll(() => log(page).getByText('A live one').count()).toBe(0);
    await toNewest().click();
    await log(page).getByText('A live one').waitFor();
    await expect.poll(() => connected(page).isVisible()).toBe(true);
  });

  test('one can scroll down to the newest messages without a hole', async () => {
    for (let n = 0; n < 12 && (await toNewest().count()) > 0; n++) {
      const before = (await seqs()).length;
      await list().evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await expect.poll(async () => (await seqs()).length > before || (await toNewest().count()) === 0).toBe(true);
    }
    const shown = await seqs();
    expect(shown).toEqual(shown.map((_, n) => n + (shown[0] ?? 0)));
    await log(page).getByText('As I said').waitFor();
    // From here on the list follows what arrives.
    await scene.say(crowd[2] as Person, chatId, 'At the end');
    await expect.poll(() => log(page).getByText('At the end').isVisible()).toBe(true);
  });

  test('a message that is edited or deleted follows, also if only the history shows it', async () => {
    const { message } = await scene.say(crowd[3] as Person, chatId, 'Not here');
    await scene.post(`/chats/${chatId}/messages/${message.id}`, crowd[3] as Person, { content: 'Still not' }, 'PATCH');
    const { messages } = await scene.get(`/chats/${chatId}/messages?around=20&limit=3`, first);
    const [shown] = messages as { id: string; userId: string; seq: number }[];
    const author = crowd.find(({ user }) => user.id === shown?.userId) as Person;
    await scene.post(`/chats/${chatId}/messages/${shown?.id}`, author, { content: 'Edited far above' }, 'PATCH');
    await expect.poll(() => page.locator(`[data-seq="${shown?.seq}"] p`).innerText()).toBe('Edited far above');
    await expect.poll(() => log(page).getByText('Still not').count()).toBe(0);
    await expect.poll(() => rows().count()).toBe(50);
  });

  test('what the user sends is shown with the newest messages', async () => {
    await say(page, 'Back again');
    await page.locator('.mine:not(.outgoing)', { hasText: 'Back again' }).waitFor();
    await log(page).getByText('As I said').waitFor();
    await expect.poll(() => log(page).getByText('Back again').isVisible()).toBe(true);
  });

  test('after a lost connection nothing is missing at the end', async () => {
    await page.context().setOffline(true);
    await page.getByText('Offline').waitFor();
    await scene.say(crowd[4] as Person, chatId, 'While away');
    await page.context().setOffline(false);
    await connected(page).waitFor();
    await expect.poll(() => original().isVisible()).toBe(true);
    await toNewest().click();
    await log(page).getByText('While away').waitFor();
  });
});
