import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium, phone } from './chromium.ts';
import { box, button, chatLink, connected, type Person, refuseMessages, say, useScene } from './scene.ts';

/** Replies: what they quote, and the way to the quoted message. */

describe.skipIf(!findChromium())('replies', () => {
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

  const row = (page: Page, text: string): Locator =>
    page.locator('.messages [data-seq]').filter({ has: page.locator('.bubble > p', { hasText: text }) });
  const quoteIn = (page: Page, text: string) => row(page, text).locator('.quote');
  const replyLine = (page: Page) => page.locator('.replying');

  async function replyTo(page: Page, text: string): Promise<void> {
    await row(page, text).focus();
    await page.keyboard.press('r');
    await replyLine(page).getByText(text).waitFor();
  }

  test('a reply by keyboard shows the quote to both, and Enter on the quote leads to the original', async () => {
    const [annas, boriss] = [await open(anna), await open(boris)];
    await say(annas, 'Shall we go?');
    await row(boriss, 'Shall we go?').waitFor();
    await replyTo(boriss, 'Shall we go?');
    await expectAccessible(boriss);
    await box(boriss).pressSequentially('Yes, today');
    await box(boriss).press('Enter');
    await expect.poll(() => replyLine(boriss).count()).toBe(0);
    for (const page of [annas, boriss])
      await expect.poll(() => quoteIn(page, 'Yes, today').innerText()).toBe('Anna\nShall we go?');
    await quoteIn(annas, 'Yes, today').press('Enter');
    await annas.locator('.marked', { hasText: 'Shall we go?' }).waitFor();
    expect(await annas.locator(':focus').getAttribute('data-seq')).toBe(
      await row(annas, 'Shall we go?').getAttribute('data-seq'),
    );
    await expectAccessible(annas);
  });

  test('Escape and the button cancel a reply, and the text stays', async () => {
    await scene.say(anna, lake, 'Shall we go?');
    const page = await open(boris);
    await box(page).fill('Perhaps');
    for (const cancel of [() => box(page).press('Escape'), () => button(page, 'Cancel the reply').click()]) {
      await replyTo(page, 'Shall we go?');
      await cancel();
      await expect.poll(() => replyLine(page).count()).toBe(0);
      await expect.poll(() => box(page).inputValue()).toBe('Perhaps');
    }
    await box(page).press('Enter');
    await row(page, 'Perhaps').waitFor();
    await expect.poll(() => quoteIn(page, 'Perhaps').count()).toBe(0);
  });

  test('a draft with a reply survives a reload and is sent with it', async () => {
    await scene.say(anna, lake, 'Shall we go?');
    const page = await open(boris);
    await replyTo(page, 'Shall we go?');
    await box(page).fill('Yes, today');
    await page.reload();
    await replyLine(page).getByText('Shall we go?').waitFor();
    await expect.poll(() => box(page).inputValue()).toBe('Yes, today');
    await connected(page).waitFor();
    await box(page).press('Enter');
    await expect.poll(() => quoteIn(page, 'Yes, today').innerText()).toBe('Anna\nShall we go?');
    await page.reload();
    await row(page, 'Yes, today').waitFor();
    await expect.poll(() => replyLine(page).count()).toBe(0);
  });

  test('a reply that was written offline shows its quote, survives a reload and is sent as one', async () => {
    await scene.say(anna, lake, 'Shall we go?');
    const { page, network } = await scene.visit(boris);
    await chatLink(page, 'Lake').click();
    await connected(page).waitFor();
    await replyTo(page, 'Shall we go?');
    network.cut();
    await say(page, 'Yes, today');
    const unsent = page.locator('.outgoing', { hasText: 'Yes, today' });
    await expect.poll(() => unsent.locator('.quote').innerText()).toBe('Anna\nShall we go?');
    await page.goto('about:blank');
    network.restore();
    await page.goto('/');
    const content = async () => (await scene.get(`/chats/${lake}/messages`, anna)).messages.at(-1);
    await expect.poll(async () => (await content()).content).toBe('Yes, today');
    expect((await content()).replyTo).toMatchObject({ content: 'Shall we go?', userName: 'Anna' });
  });

  test('a reply that the server refuses says why, and keeps its quote', async () => {
    await scene.say(anna, lake, 'Shall we go?');
    const { page } = await scene.visit(boris);
    await refuseMessages(page, { code: 'unknown_reply' });
    await page.reload();
    await chatLink(page, 'Lake').click();
    await connected(page).waitFor();
    await replyTo(page, 'Shall we go?');
    await say(page, 'Yes, today');
    const failed = page.locator('.failed', { hasText: 'Yes, today' });
    await failed.getByText('The message you are replying to no longer exists.').waitFor();
    await expect.poll(() => failed.locator('.quote').innerText()).toBe('Anna\nShall we go?');
    await failed.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => quoteIn(page, 'Yes, today').innerText()).toBe('Anna\nShall we go?');
  });

  test('a quote follows an edit and the deletion of the original', async () => {
    const { message } = await scene.say(anna, lake, 'Shall we go?');
    await scene.post(`/chats/${lake}/messages`, boris, { content: 'Yes, today', replyToId: message.id });
    const page = await open(boris);
    await replyTo(page, 'Shall we go?');
    await scene.post(`/chats/${lake}/messages/${message.id}`, anna, { content: 'Shall we run?' }, 'PATCH');
    await expect.poll(() => quoteIn(page, 'Yes, today').innerText()).toBe('Anna\nShall we run?');
    await replyLine(page).getByText('Shall we run?').waitFor();
    await scene.post(`/chats/${lake}/messages/${message.id}`, anna, {}, 'DELETE');
    await expect.poll(() => quoteIn(page, 'Yes, today').innerText()).toBe('Anna\nMessage deleted');
    await replyLine(page).getByText('Message deleted').waitFor();
  });

  test('a swipe to the right replies; a short one, one to the left and scrolling do not', async () => {
    for (let n = 0; n < 6; n++) await scene.say(anna, lake, `${'A line\n'.repeat(12)}Last ${n}`);
    const page = await open(boris, { ...phone, hasTouch: true, isMobile: true, viewport: phone });
    await page.locator('.messages').evaluate((list) => list.scrollTo(0, list.scrollHeight));
    const touch = await page.context().newCDPSession(page);
    const swipe = async (x: number, y: number) => {
      const place = await row(page, 'Last 5').boundingBox();
      const [left, top] = [(place?.x ?? 0) + 60, (place?.y ?? 0) + 10];
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: left, y: top }] });
      for (let n = 1; n <= 8; n++)
        await touch.send('Input.dispatchTouchEvent', {
          type: 'touchMove',
          touchPoints: [{ x: left + (x * n) / 8, y: top + (y * n) / 8 }],
        });
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await swipe(90, 5);
    await replyLine(page).getByText('Last 5').waitFor();
    await expect.poll(() => page.locator('.swiped').count()).toBe(0);
    // Not a tap: so soon after a fast swipe, Chromium takes a touch for one that only stops the movement.
    await button(page, 'Cancel the reply').click();
    await replyLine(page).waitFor({ state: 'detached' });
    await swipe(30, 0);
    await swipe(-40, 0);
    const top = () => page.locator('.messages').evaluate((list) => list.scrollTop);
    const before = await top();
    await swipe(10, 200);
    await expect.poll(top).toBeLessThan(before - 50);
    await expect.poll(() => replyLine(page).count()).toBe(0);
  });
});
