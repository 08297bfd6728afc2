import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { chip, choose, openChat, openMenu, row } from './messages.ts';
import { box, bubbles, button, chatLink, type Person, useScene } from './scene.ts';
import { chooseLanguage } from './settings.ts';

/** Messages that change: what one person does and another one sees. */

describe.skipIf(!findChromium())('messages that change, in the web client', () => {
  const scene = useScene();
  let [anna, boris] = [] as unknown as [Person, Person];

  beforeAll(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
  });

  /** Anna's page and that of Boris, with a group that contains a message of Anna's. */
  async function together(name: string) {
    const chatId = await scene.newGroup(name, anna, boris);
    await scene.say(anna, chatId, 'Helo');
    const [first, second] = [await scene.visit(anna), await scene.visit(boris)];
    for (const { page } of [first, second]) await openChat(page, name);
    return { chatId, first, second, hers: first.page, his: second.page };
  }

  test('an edit is seen by the other, and says so', async () => {
    const { hers, his } = await together('Edits');
    await choose(hers, 'Helo', 'Edit');
    await expect.poll(() => box(hers).inputValue()).toBe('Helo');
    await expectAccessible(hers);
    await box(hers).fill('Hello');
    await button(hers, 'Save').click();
    for (const page of [hers, his]) {
      await row(page, 'Hello').getByText('edited').waitFor();
      await expect.poll(() => bubbles(page).allInnerTexts()).toEqual(['Hello']);
    }
    await expect.poll(() => box(hers).inputValue()).toBe('');
  });

  test('a deletion can be undone for five seconds, and is seen by the other after that', async () => {
    const { hers, his } = await together('Deletions');
    // A busy machine takes longer than the five seconds.
    await hers.clock.pauseAt(Date.now() + 60_000);
    await choose(hers, 'Helo', 'Delete');
    await row(hers, 'Message deleted').waitFor();
    await expect.poll(() => hers.locator(':focus').innerText()).toBe('Undo');
    await expect.poll(() => chatLink(hers, 'Deletions').innerText()).toContain('You: Message deleted');
    await button(hers, 'Undo').press('Enter');
    await row(hers, 'Helo').waitFor();
    await hers.clock.runFor(6000);
    await expect.poll(() => bubbles(hers).allInnerTexts()).toEqual(['Helo']);

    await choose(hers, 'Helo', 'Delete');
    await hers.clock.runFor(4500);
    expect(await button(hers, 'Undo').count()).toBe(1);
    await expect.poll(() => bubbles(his).allInnerTexts()).toEqual(['Helo']);
    const answered = hers.waitForResponse((response) => response.request().method() === 'DELETE');
    await hers.clock.runFor(500);
    await answered;
    await row(his, 'Message deleted').waitFor();
    await hers.clock.resume();
    await button(hers, 'Undo').waitFor({ state: 'detached' });
    await expect.poll(() => bubbles(hers).allInnerTexts()).toEqual(['Message deleted']);
    await expectAccessible(his);
    await chooseLanguage(his, 'Русский');
    await row(his, 'Сообщение удалено').waitFor();
    for (const page of [hers, his]) await page.goto('/#');
    await chatLink(his, 'Deletions')
      .getByText(/Anna.: Сообщение удалено$/)
      .waitFor();
    await chatLink(hers, 'Deletions').getByText('You: Message deleted').waitFor();
  });

  test('a deletion is sent at once when the user leaves the page', async () => {
    const { hers, his } = await together('Leaving');
    await choose(hers, 'Helo', 'Delete');
    await button(hers, 'Undo').waitFor();
    await expectAccessible(hers);
    await hers.goto('about:blank');
    await row(his, 'Message deleted').waitFor();
  });

  test('a deletion is sent at once when the user closes the chat', async () => {
    const { hers, his } = await together('Closing');
    await choose(hers, 'Helo', 'Delete');
    await hers.goto('/#');
    await row(his, 'Message deleted').waitFor();
  });

  test('the owner deletes the message of a member, who reads by whom', async () => {
    const chatId = await scene.newGroup('Order', anna, boris);
    await scene.say(boris, chatId, 'Spam');
    await scene.say(anna, chatId, 'Hello');
    const [{ page: hers }, { page: his }] = [await scene.visit(anna), await scene.visit(boris)];
    for (const page of [hers, his]) await openChat(page, 'Order');
    await openMenu(his, 'Hello');
    expect(
      await his
        .getByRole('dialog')
        .getByRole('button', { name: /Edit|Delete/ })
        .count(),
    ).toBe(0);
    await his.keyboard.press('Escape');
    await openMenu(hers, 'Spam');
    await expect.poll(() => hers.getByRole('dialog').getByRole('button', { name: 'Edit' }).count()).toBe(0);
    await hers.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await hers.goto('/#');
    await row(his, 'Deleted by an admin').waitFor();
  });

  test('a refused deletion brings the message back and says why', async () => {
    const { hers } = await together('Refused');
    await hers.route(/\/messages\/[^/]+$/, (route) =>
      route.fulfill({ status: 403, json: { status: 403, code: 'role_too_low', title: 'Refused' } }),
    );
    await choose(hers, 'Helo', 'Delete');
    await hers.clock.fastForward(5000);
    await hers.getByRole('alert').getByText('Your role in this group does not allow this.').waitFor();
    await expect.poll(() => bubbles(hers).allInnerTexts()).toEqual(['Helo']);
  });

  test('both react, and each sees the other', async () => {
    const { hers, his } = await together('Reactions');
    await choose(hers, 'Helo', '👍');
    await chip(hers, '👍 1: You').waitFor();
    await chip(his, '👍 1: Anna').click();
    await chip(hers, '👍 2: You, Boris').waitFor();
    await expectAccessible(hers);
    await chip(his, '👍 2: Anna, You').click();
    await chip(hers, '👍 1: You').click();
    for (const page of [hers, his]) await page.locator('.reactions').waitFor({ state: 'detached' });
  });

  test('any emoji can be chosen', async () => {
    const { hers, his } = await together('Emojis');
    await openMenu(hers, 'Helo');
    const menu = hers.getByRole('dialog');
    await menu.getByRole('button', { name: 'More emojis' }).press('Enter');
    const search = menu.getByRole('searchbox', { name: 'Search emojis' });
    await expect.poll(() => search.evaluate((element) => element.matches(':focus'))).toBe(true);
    await expectAccessible(hers);
    await search.fill('hedgehog');
    await menu.getByText('1 emoji found').first().waitFor();
    await search.press('Enter');
    await chip(hers, '🦔 1: You').waitFor();
    await openMenu(hers, 'Helo');
    await menu.getByRole('button', { name: 'More emojis' }).click();
    // Without U+FE0F, and with characters that no path can have.
    await search.fill('#\u20e3');
    await search.press('Enter');
    await chip(his, '#\ufe0f\u20e3 1: Anna').waitFor();
    await chip(hers, '#\ufe0f\u20e3 1: You').waitFor();
  });

  test('a refused reaction is taken back with the reason', async () => {
    const { hers } = await together('Too many');
    for (const emoji of ['👍', '❤️', '😂']) {
      await choose(hers, 'Helo', emoji);
      await chip(hers, `${emoji} 1: You`).waitFor();
    }
    await choose(hers, 'Helo', '😮');
    await hers.getByRole('alert').getByText('There are already too many reactions.').waitFor();
    await expect.poll(() => hers.locator('.reactions button').allInnerTexts()).toEqual(['👍 1', '❤️ 1', '😂 1']);
  });

  test('changes made while the other was offline arrive when they are back', async () => {
    const { chatId, second, his, hers } = await together('Offline');
    const { message: doomed } = await scene.say(anna, chatId, 'Doomed');
    const { message: liked } = await scene.say(anna, chatId, 'Liked');
    await row(his, 'Liked').waitFor();
    second.network.cut();
    await choose(hers, 'Helo', 'Edit');
    await box(hers).fill('Hello');
    await box(hers).press('Enter');
    await row(hers, 'Hello').getByText('edited').waitFor();
    await scene.post(`/chats/${chatId}/messages/${doomed.id}`, anna, {}, 'DELETE');
    await scene.post(
      `/chats/${chatId}/messages/${liked.id}/reactions/${encodeURIComponent('👍')}`,
      anna,
      undefined,
      'PUT',
    );
    await expect.poll(() => bubbles(his).allInnerTexts()).toEqual(['Helo', 'Doomed', 'Liked']);
    second.network.restore();
    await row(his, 'Hello').getByText('edited').waitFor();
    await chip(his, '👍 1: Anna').waitFor();
    await expect.poll(() => bubbles(his).allInnerTexts()).toEqual(['Hello', 'Message deleted', 'Liked']);
  });
});
