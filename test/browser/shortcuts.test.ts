import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { box, type Person, useScene } from './scene.ts';

/** The keys that work everywhere on the page, and the list of all of them. */

describe.skipIf(!findChromium())('keyboard shortcuts', () => {
  const scene = useScene();
  let anna: Person;

  beforeEach(async () => {
    anna = await scene.newPerson('Anna');
    for (const name of ['Hills', 'Lake']) await scene.newGroup(name, anna);
  });

  test('a question mark lists them, but for one that is typed', async () => {
    const { page } = await scene.visit(anna);
    await page.getByText('Choose a chat').waitFor();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Previous chat').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /^Lake/ }).click();
    await box(page).press('?');
    await expect.poll(() => box(page).inputValue()).toBe('?');
    expect(await sheet.count()).toBe(0);
    await box(page).press('Control+/');
    await sheet.waitFor();
  });

  test('keys go to the search and from chat to chat', async () => {
    const { page } = await scene.visit(anna);
    await page.getByText('Choose a chat').waitFor();
    const open = (name: string) => page.getByRole('heading', { name, level: 2 }).waitFor();
    await page.keyboard.press('Alt+ArrowDown');
    await open('Lake');
    await page.keyboard.press('Alt+ArrowDown');
    await open('Hills');
    await page.keyboard.press('Alt+ArrowUp');
    await open('Lake');
    await page.keyboard.press('Control+k');
    await expect.poll(() => page.locator(':focus').getAttribute('placeholder')).toBe('Search chats and messages');
  });

  test('in Russian', async () => {
    const { page } = await scene.visit(anna, { locale: 'ru-RU' });
    await page.getByText('Выберите чат').waitFor();
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog', { name: 'Сочетания клавиш' }).getByText('Предыдущий чат').waitFor();
  });
});
