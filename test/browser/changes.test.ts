import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { box, bubbles, button, chatLink, log, type Person, useScene } from './scene.ts';

/** Messages that change: what one person does and another one sees. */

const row = (page: Page, text: string) => log(page).locator('[data-seq]').filter({ hasText: text });

async function openMenu(page: Page, text: string): Promise<void> {
  await row(page, text).hover();
  await row(page, text).getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('dialog').waitFor();
}

async function choose(page: Page, text: string, action: string): Promise<void> {
  await openMenu(page, text);
  await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();
}

describe.skipIf(!findChromium())('messages that change, in the web client', () => {
  const scene = useScene();
  let [anna, boris] = [] as unknown as [Person, Person];

  beforeAll(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
  });

  async function open(page: Page, name: string): Promise<void> {
    await chatLink(page, name).click();
    await page.getByRole('heading', { name, level: 2 }).waitFor();
    await page.getByText('Connected').waitFor();
  }

  /** Anna's page and that of Boris, with a group that contains a message of Anna's. */
  async function together(name: string) {
    const chatId = await scene.newGroup(name, anna, boris);
    await scene.say(anna, chatId, 'Helo');
    const [first, second] = [await scene.visit(anna), await scene.visit(boris)];
    for (const { page } of [first, second]) await open(page, name);
    return { chatId, first, second, hers: first.page, his: second.page };
  }

  test('an edit is seen by the other, and says so', async () => {
    const { hers, his } = await together('Edits');
    await choose(hers, 'Helo', 'Edit');
    expect(await box(hers).inputValue()).toBe('Helo');
    await expectAccessible(hers);
    await box(hers).fill('Hello');
    await button(hers, 'Save').click();
    for (const page of [hers, his]) {
      await row(page, 'Hello').getByText('edited').waitFor();
      expect(await bubbles(page).allInnerTexts()).toEqual(['Hello']);
    }
    expect(await box(hers).inputValue()).toBe('');
  });
});
