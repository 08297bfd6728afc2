import type { Route } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium, phone } from './chromium.ts';
import { choose, openChat, row } from './messages.ts';
import { box, bubbles, button, holdBack, type Person, say, useScene } from './scene.ts';

/** A message in the message box again. */

describe.skipIf(!findChromium())('editing in the web client', () => {
  const scene = useScene();
  let anna = {} as Person;

  beforeAll(async () => {
    anna = await scene.newPerson('Anna');
  });

  async function newChat(name: string, ...texts: string[]) {
    const chatId = await scene.newGroup(name, anna);
    const ids: string[] = [];
    for (const text of texts) ids.push((await scene.say(anna, chatId, text)).message.id);
    const { page } = await scene.visit(anna);
    await openChat(page, name);
    const pathOf = (n: number) => `/chats/${chatId}/messages/${ids[n]}`;
    return { page, pathOf };
  }

  test('the arrow up in an empty box edits the last message, and Escape returns to what was written', async () => {
    const { page } = await newChat('Keys', 'First', 'Last');
    await box(page).press('ArrowUp');
    await page.getByText('Editing a message').waitFor();
    await expect.poll(() => box(page).inputValue()).toBe('Last');
    await box(page).fill('Changed');
    await box(page).press('Escape');
    await page.getByText('Editing a message').waitFor({ state: 'detached' });
    await box(page).fill('A draft');
    await box(page).press('ArrowUp');
    await expect.poll(() => page.getByText('Editing a message').count()).toBe(0);
    await choose(page, 'First', 'Edit');
    await expect.poll(() => page.locator(':focus').inputValue()).toBe('First');
    await button(page, 'Cancel editing').click();
    await expect.poll(() => box(page).inputValue()).toBe('A draft');
    await expect.poll(() => bubbles(page).allInnerTexts()).toEqual(['First', 'Last']);
  });

  test('the same text and a blank one change nothing', async () => {
    const { page } = await newChat('Same', 'Hello');
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'PATCH' && sent.push(request.url()));
    await box(page).press('ArrowUp');
    await box(page).fill('  ');
    await box(page).press('Enter');
    await box(page).fill('Hello');
    await box(page).press('Enter');
    await page.getByText('Editing a message').waitFor({ state: 'detached' });
    await say(page, 'Next');
    await row(page, 'Next').waitFor();
    await expect.poll(() => bubbles(page).allInnerTexts()).toEqual(['Hello', 'Next']);
    expect(sent).toEqual([]);
  });

  test('a refused edit says why and stays in the box', async () => {
    const { page } = await newChat('Refused', 'Hello');
    await page.route(/\/messages\/[^/]+$/, (route) =>
      route.fulfill({ status: 409, json: { status: 409, code: 'changed_meanwhile', title: 'Refused' } }),
    );
    await box(page).press('ArrowUp');
    await box(page).fill('Changed');
    await box(page).press('Enter');
    await page.getByRole('alert').getByText('Somebody else has just changed this.').waitFor();
    await expect.poll(() => box(page).inputValue()).toBe('Changed');
    await page.getByText('Editing a message').waitFor();
  });

  test('an edit that is not saved is still there when the user comes back from another chat, and one that is saved has ended', async () => {
    const { page } = await newChat('Lake', 'Hello');
    await scene.newGroup('Hills', anna);
    await box(page).press('ArrowUp');
    await box(page).fill('Changed');
    await openChat(page, 'Hills');
    await expect.poll(() => box(page).inputValue()).toBe('');
    await openChat(page, 'Lake');
    await page.getByText('Editing a message').waitFor();
    await expect.poll(() => box(page).inputValue()).toBe('Changed');

    const refused = async (route: Route) => {
      await gate.promise;
      await route.fulfill({ status: 409, json: { status: 409, code: 'changed_meanwhile', title: 'Refused' } });
    };
    const gate = Promise.withResolvers<void>();
    await page.route(/\/messages\/[^/]+$/, refused);
    await box(page).press('Enter');
    await openChat(page, 'Hills');
    gate.resolve();
    await page.getByRole('alert').getByText('Somebody else has just changed this.').waitFor();
    await openChat(page, 'Lake');
    await page.getByText('Editing a message').waitFor();
    await expect.poll(() => box(page).inputValue()).toBe('Changed');

    await page.unroute(/\/messages\/[^/]+$/, refused);
    const { held, letGo } = await holdBack(page, /\/messages\/[^/]+$/);
    await box(page).press('Enter');
    await held;
    await openChat(page, 'Hills');
    await openChat(page, 'Lake');
    await letGo();
    await row(page, 'Changed').waitFor();
    await page.getByText('Editing a message').waitFor({ state: 'detached' });
    await expect.poll(() => box(page).inputValue()).toBe('');
  });

  test('shows that the message was edited or deleted elsewhere meanwhile', async () => {
    const { page, pathOf } = await newChat('Elsewhere', 'Hello');
    await box(page).press('ArrowUp');
    await box(page).fill('Mine');
    await scene.post(pathOf(0), anna, { content: 'Theirs' }, 'PATCH');
    await page.getByRole('alert').getByText('edited elsewhere meanwhile').waitFor();
    await expect.poll(() => box(page).inputValue()).toBe('Mine');
    await expectAccessible(page);
    await box(page).press('Enter');
    await row(page, 'Mine').waitFor();
    // The frame may come before the answer, which ends the editing.
    await page.getByText('Editing a message').waitFor({ state: 'detached' });

    await box(page).press('ArrowUp');
    await box(page).fill('Too late');
    await scene.post(pathOf(0), anna, {}, 'DELETE');
    await page.getByRole('alert').getByText('This message has been deleted.').waitFor();
    await box(page).press('Enter');
    await expect.poll(() => box(page).inputValue()).toBe('Too late');
    await box(page).press('Escape');
    await box(page).press('ArrowUp');
    await expect.poll(() => page.getByText('Editing a message').count()).toBe(0);
    await expect.poll(() => bubbles(page).allInnerTexts()).toEqual(['Message deleted']);
  });

  test('a text that is too long is not saved', async () => {
    const { page } = await newChat('Long', 'Hello');
    await box(page).press('ArrowUp');
    await box(page).fill('x'.repeat(4001));
    await box(page).press('Enter');
    await page.getByText('Too long: 4,001 of 4,000 characters').waitFor();
    await expect.poll(() => bubbles(page).allInnerTexts()).toEqual(['Hello']);
  });

  test('fits a narrow screen, with the button that cancels', async () => {
    const chatId = await scene.newGroup('Narrow', anna);
    await scene.say(anna, chatId, 'A long message that does not fit into one line of a narrow screen');
    const { page } = await scene.visit(anna, { viewport: { ...phone, width: 320 }, hasTouch: true, isMobile: true });
    await openChat(page, 'Narrow');
    // A finger rests on the message; the button is there for screen readers.
    await row(page, 'A long message').getByRole('button', { name: 'Actions' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Edit' }).click();
    const cancel = await button(page, 'Cancel editing').boundingBox();
    expect(cancel?.width).toBeGreaterThan(20);
    expect((cancel?.x ?? 0) + (cancel?.width ?? 0)).toBeLessThanOrEqual(320);
    await expect.poll(() => page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBe(320);
    await expectAccessible(page);
  });
});
