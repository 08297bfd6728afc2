import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { desktop, expectAccessible, findChromium, phone } from './chromium.ts';
import { openChat } from './messages.ts';
import { box, button, log, type Person, useScene } from './scene.ts';

/** The picker of emojis beside the message box. */

describe.skipIf(!findChromium())('the emojis', () => {
  const scene = useScene();
  let anna: Person;

  beforeAll(async () => {
    anna = await scene.newPerson('Anna');
    await scene.newGroup('Lake', anna);
  });

  const picker = (page: Page) => page.getByRole('dialog', { name: /^(Emojis|Эмодзи)$/ });
  const search = (page: Page) => picker(page).getByRole('searchbox');
  const focused = (page: Page) => page.locator(':focus').getAttribute('data-emoji');

  async function open(options: Parameters<typeof scene.visit>[1]): Promise<Page> {
    const { page } = await scene.visit(anna, options);
    await openChat(page, 'Lake');
    await button(page, /^(Emojis|Эмодзи)$/).click();
    await picker(page).locator('[data-emoji]').first().waitFor();
    return page;
  }

  test('are inserted at the caret, and those used last come first', async () => {
    const page = await open({ viewport: desktop });
    await page.keyboard.press('Escape');
    await box(page).fill('Pizza?');
    await box(page).press('ArrowLeft');
    await button(page, 'Emojis').click();
    await search(page).fill('pizza');
    await search(page).press('Enter');
    await expect.poll(() => box(page).inputValue()).toBe('Pizza🍕?');
    await picker(page).getByRole('button', { name: 'pizza' }).click();
    await expect.poll(() => box(page).inputValue()).toBe('Pizza🍕🍕?');
    await page.keyboard.press('Escape');
    await box(page).press('Enter');
    await log(page).getByText('Pizza🍕🍕?').waitFor();
    await button(page, 'Emojis').click();
    await expect
      .poll(() => picker(page).getByRole('region', { name: 'Recently used' }).getByRole('button').allInnerTexts())
      .toEqual(['🍕']);
  });

  test('are inserted when the storage is full', async () => {
    const page = await open({ viewport: desktop });
    await page.evaluate(`
      Storage.prototype.setItem = () => { throw new DOMException('Full.', 'QuotaExceededError'); };
    `);
    await search(page).fill('pizza');
    await search(page).press('Enter');
    await expect.poll(() => box(page).inputValue()).toBe('🍕');
  });

  test('are reached by the keyboard: from the search to the first one, and in rows and columns', async () => {
    const page = await open({ viewport: desktop });
    await search(page).fill('cat');
    await expect.poll(() => search(page).evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.keyboard.press('ArrowDown');
    const first = await focused(page);
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).not.toBe(first);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    expect(await focused(page)).toBe(first);
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => search(page).evaluate((element) => element.matches(':focus'))).toBe(true);
    // The first one empties the search.
    for (const _ of [1, 2]) await page.keyboard.press('Escape');
    await expect.poll(() => button(page, 'Emojis').evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  test('are found in Russian, and fit a phone', async () => {
    const page = await open({ viewport: phone, locale: 'ru-RU', hasTouch: true });
    await expectAccessible(page);
    const { x, width } = (await picker(page).boundingBox()) ?? { x: -1, width: 0 };
    expect([x, width]).toEqual([0, phone.width]);
    await search(page).fill('арбуз');
    await picker(page).getByRole('button', { name: 'арбуз' }).click();
    await expect.poll(() => box(page).inputValue()).toBe('🍉');
    await search(page).fill('нет такого');
    await picker(page).getByText('Ничего не нашлось').waitFor();
  });
});
