import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium, phone } from './chromium.ts';
import { choose, openChat, row } from './messages.ts';
import { box, button, log, type Person, say, useScene } from './scene.ts';

/** How messages look and what is said about them, and what a chat shows in which nobody has written. */

describe.skipIf(!findChromium())('the messages of a chat', () => {
  const scene = useScene();
  let [anna, boris] = [] as unknown as [Person, Person];

  beforeAll(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
  });

  const labelOf = (page: Page, text: string) => row(page, text).getAttribute('aria-label');

  test('a few emojis alone are big and have no bubble; with words they are text', async () => {
    const chatId = await scene.newGroup('Emojis', anna, boris);
    for (const text of ['🎉🎉🎉', '🎉🎉🎉🎉', 'Hooray 🎉']) await scene.say(boris, chatId, text);
    const { page } = await scene.visit(anna);
    await openChat(page, 'Emojis');
    await expect.poll(() => log(page).locator('.big-emojis').count()).toBe(1);
    const backgrounds = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.message .bubble')].map((bubble) => getComputedStyle(bubble).backgroundColor)`,
    );
    expect(backgrounds.map((colour) => colour === 'rgba(0, 0, 0, 0)')).toEqual([true, false, false]);
  });

  test('a message says who wrote it, when, and whether it was read', async () => {
    const chatId = await scene.newGroup('Read', anna, boris);
    const { page } = await scene.visit(anna);
    await openChat(page, 'Read');
    await say(page, 'Hello');
    await log(page).getByText('Sent', { exact: true }).waitFor();
    expect(await labelOf(page, 'Hello')).toMatch(/^Anna, \d{1,2}:\d\d.[AP]M, Hello, Sent$/);
    await scene.post(`/chats/${chatId}/read`, boris, { seq: 2 });
    await log(page).getByText('Read', { exact: true }).waitFor();
    expect(await labelOf(page, 'Hello')).toMatch(/Hello, Read$/);
    await expectAccessible(page);
  });

  test('shows who has reacted to a message and who has read it', async () => {
    const vera = await scene.newPerson('Vera');
    const chatId = await scene.newGroup('Readers', anna, boris, vera);
    const { message } = await scene.say(anna, chatId, 'Hello');
    await scene.post(`/chats/${chatId}/read`, boris, { seq: message.seq });
    const path = `/chats/${chatId}/messages/${message.id}/reactions/${encodeURIComponent('👍')}`;
    await scene.post(path, boris, undefined, 'PUT');
    const { page } = await scene.visit(anna);
    await openChat(page, 'Readers');
    await choose(page, 'Hello', 'Reactions and readers');
    const people = (title: string) => page.getByRole('list', { name: title }).getByRole('listitem');
    await expect.poll(() => people('Reactions').allInnerTexts()).toEqual([expect.stringMatching(/Boris\s*👍$/)]);
    await expect.poll(() => people('Read by').allInnerTexts()).toEqual([expect.stringMatching(/Boris$/)]);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('a run of messages of one person has one name and one avatar; who writes after a while begins anew', async () => {
    const chatId = await scene.newGroup('Runs', anna, boris);
    for (const text of ['One', 'Two', 'Three']) await scene.say(boris, chatId, text);
    const { page } = await scene.visit(anna);
    await page.route(/\/messages\?/, async (route) => {
      const response = await route.fetch();
      const { messages } = await response.json();
      const [at, soon, later] = ['2026-03-05T09:00:00Z', '2026-03-05T09:04:00Z', '2026-03-05T09:10:00Z'];
      const times: Record<number, string | undefined> = { 1: at, 2: at, 3: soon, 4: later };
      const json = { messages: messages.map((one: { seq: number }) => ({ ...one, createdAt: times[one.seq] })) };
      await route.fulfill({ response, json });
    });
    await openChat(page, 'Runs');
    const named = (text: string) => row(page, text).locator('.bubble > strong').count();
    const avatar = (text: string) => row(page, text).locator('.avatar').isVisible();
    await expect.poll(() => Promise.all(['One', 'Two', 'Three'].map(named))).toEqual([1, 0, 1]);
    await expect.poll(() => Promise.all(['One', 'Two', 'Three'].map(avatar))).toEqual([false, true, true]);
  });

  test('says of which day the messages are while the user scrolls', async () => {
    const chatId = await scene.newGroup('Days', anna, boris);
    for (let n = 0; n < 4; n++) await scene.say(boris, chatId, 'A line\n'.repeat(20));
    await scene.post(`/chats/${chatId}/read`, anna, { seq: 5 });
    const { page } = await scene.visit(anna);
    await openChat(page, 'Days');
    const day = page.locator('.floating-day.shown');
    await expect.poll(() => day.count()).toBe(0);
    // It is shown for little more than a second.
    await page.clock.pauseAt(Date.now() + 60_000);
    await log(page).evaluate((list) => list.scrollTo(0, 300));
    await day.getByText('Today').waitFor();
    await page.clock.runFor(1200);
    await day.waitFor({ state: 'detached' });
  });

  test('an empty group offers to say hello, to invite and to ask', async () => {
    await scene.newGroup('Empty', anna);
    const { page } = await scene.visit(anna, { viewport: phone });
    await openChat(page, 'Empty');
    const offer = page.getByRole('region', { name: 'No messages yet' });
    await offer.waitFor();
    await expectAccessible(page);
    await offer.getByRole('button', { name: 'Ask the assistant' }).click();
    const question = page.getByRole('textbox', { name: 'Question' });
    await expect.poll(() => question.evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.keyboard.press('Escape');
    await offer.getByRole('button', { name: 'Invite people' }).click();
    await page.getByRole('alert').getByText('Invite link copied.').waitFor();
    await offer.getByRole('button', { name: 'Say hello' }).click();
    await log(page).getByText('Hello! 👋').waitFor();
    await offer.waitFor({ state: 'detached' });
  });

  test('saying hello in an empty chat keeps the draft', async () => {
    await scene.newGroup('Quiet', anna);
    const { page } = await scene.visit(anna);
    await openChat(page, 'Quiet');
    await box(page).fill('Half a message');
    await button(page, 'Say hello').click();
    await log(page).getByText('Hello! 👋').waitFor();
    expect(await box(page).inputValue()).toBe('Half a message');
  });

  test('the box and its buttons are in one line in 320 px, also with a reply', async () => {
    const chatId = await scene.newGroup('Narrow', anna, boris);
    await scene.say(boris, chatId, 'Who brings the tent?');
    const { page } = await scene.visit(anna, { viewport: { width: 320, height: 640 } });
    await openChat(page, 'Narrow');
    const controls = [button(page, 'Attach and more'), box(page), button(page, 'Emojis')];
    const inOneLine = async () => {
      const last = page.locator('.box > button').last();
      const boxes = await Promise.all([...controls, last].map((control) => control.boundingBox()));
      const bottoms = boxes.map((one) => Math.round((one?.y ?? 0) + (one?.height ?? 0)));
      return Math.max(...bottoms) - Math.min(...bottoms) < 4 && boxes.every((one) => (one?.height ?? 0) >= 40);
    };
    await expect.poll(inOneLine).toBe(true);
    await choose(page, 'Who brings', 'Reply');
    await page.locator('.replying').waitFor();
    await expect.poll(inOneLine).toBe(true);
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });
});
