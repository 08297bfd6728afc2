import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { answer, button, chatLink, type Person, useScene } from './scene.ts';

/** The header of a chat: its title, and the menu behind it. */

describe.skipIf(!findChromium())('the header of a chat', () => {
  const scene = useScene();
  const name = 'A week at the lake with everybody who was there last year and their dogs';
  const shortName = 'Saturdays';
  let anna: Person;

  beforeAll(async () => {
    anna = await scene.newPerson('Anna');
    for (const group of [shortName, name]) await scene.newGroup(group, anna);
  });

  async function open(width: number): Promise<Page> {
    const { page } = await scene.visit(anna, { viewport: { width, height: 700 } });
    await chatLink(page, name).click();
    await page.getByRole('heading', { name, level: 2 }).waitFor();
    return page;
  }

  test.each([320, 390, 768])('shortens a long title with an ellipsis in %i px', async (width) => {
    const page = await open(width);
    const title = page.getByRole('heading', { name, level: 2 }).getByRole('button');
    await expect.poll(() => title.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
    await expect
      .poll(() => page.evaluate('getComputedStyle(document.querySelector(".chat h2 button")).textOverflow'))
      .toBe('ellipsis');
    const { x = 0, width: shown = 0 } = (await title.boundingBox()) ?? {};
    expect(x + shown).toBeLessThan(width - 20);
    expect(shown).toBeGreaterThan(120);
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  test.each(['en-US', 'ru-RU'])(
    'shows a short title whole beside the state of the connection in 320 px, in %s',
    async (locale) => {
      const { page } = await scene.visit(anna, { viewport: { width: 320, height: 700 }, locale });
      await chatLink(page, shortName).click();
      await page.locator('[data-state=live]').waitFor();
      const title = page.getByRole('heading', { name: shortName, level: 2 }).getByRole('button');
      await expect.poll(() => title.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
      const menu = await button(page, shortName).boundingBox();
      const state = await page.locator('.status span').first().boundingBox();
      expect((menu?.x ?? 0) + (menu?.width ?? 0)).toBeLessThan(state?.x ?? 0);
      expect((state?.x ?? 0) + (state?.width ?? 0)).toBeLessThan(320);
    },
  );

  test('opens its sheet by keyboard; Escape closes it and gives the focus back', async () => {
    const page = await open(320);
    await button(page, name).press('Enter');
    const sheet = page.getByRole('dialog', { name: 'Group info' });
    await sheet.waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await expect.poll(() => page.locator(':focus').innerText()).toBe(name);
  });

  test('closes its sheet before a meeting, and gives the focus back', async () => {
    const page = await open(768);
    await button(page, name).press('Enter');
    await button(page, 'Meeting').press('Enter');
    await page.getByRole('dialog', { name: 'Group info' }).waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: 'Google account token' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator(':focus').innerText()).toBe(name);
  });

  test('links another Google account after one with which no meeting can be created', async () => {
    const page = await open(768);
    const meetWith = async (token: string) => {
      await button(page, name).click();
      await button(page, 'Meeting').click();
      await answer(page, 'Google account token', token);
    };
    await meetWith('disabled');
    await page.getByRole('alert').getByText('not connected to Google').waitFor();
    await button(page, name).click();
    await button(page, 'Meeting').click();
    await page.getByRole('dialog').getByText('not connected to Google').waitFor();
    await answer(page, 'Google account token', 'another');
    await page.getByRole('link', { name: 'Join the meeting' }).waitFor();
    expect(scene.complaints().every((complaint) => /status of (409|503)/.test(complaint))).toBe(true);
  });
});
