import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { openChat, openInfo } from './messages.ts';
import { answer, button, chatLink, moreActions, type Person, useScene } from './scene.ts';

/** The header of a chat: its title, and its menu. */

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
      .poll(() => page.evaluate('getComputedStyle(document.querySelector("h2 button")).textOverflow'))
      .toBe('ellipsis');
    const { x = 0, width: shown = 0 } = (await title.boundingBox()) ?? {};
    expect(x + shown).toBeLessThan(width - 20);
    expect(shown).toBeGreaterThan(120);
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  test('shows a short title whole beside all buttons in 320 px, and opens the chat’s information', async () => {
    const { page } = await scene.visit(anna, { viewport: { width: 320, height: 700 } });
    await openChat(page, shortName);
    const title = button(page, shortName);
    await expect.poll(() => title.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    // Also beside the name: all of the title is the button.
    const { x = 0, y = 0 } = (await page.locator('.chat header').getByText('1 participant').boundingBox()) ?? {};
    await page.mouse.click(x + 5, y + 5);
    await expect.poll(() => new URL(page.url()).hash).toMatch(/&panel=info$/);
  });

  test('counts who is online once somebody else is', async () => {
    const { page } = await scene.visit(anna);
    await openChat(page, shortName);
    const info = await openInfo(page);
    await info.getByText('online', { exact: true }).waitFor();
    expect(await page.locator('.chat header .about small').innerText()).toBe('1 participant');
  });

  test('opens its menu by keyboard; Escape closes it and gives the focus back', async () => {
    const page = await open(320);
    const meet = button(page, 'Start a meeting');
    await expect.poll(() => meet.isVisible()).toBe(false);
    await moreActions(page).press('Enter');
    await page.locator(':focus', { hasText: 'Start a meeting' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator(':focus').innerText()).toBe('Mute forever');
    await page.keyboard.press('Escape');
    await meet.waitFor({ state: 'hidden' });
    await expect.poll(() => moreActions(page).evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  test('closes its menu after a choice, and gives the focus back', async () => {
    const page = await open(768);
    await moreActions(page).press('Enter');
    await button(page, 'Start a meeting').press('Enter');
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => button(page, 'Start a meeting').isVisible()).toBe(false);
    await page.keyboard.press('Escape');
    await expect.poll(() => moreActions(page).evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  test('links another Google account after one with which no meeting can be created', async () => {
    const page = await open(768);
    const meetWith = async (token: string) => {
      await moreActions(page).click();
      await button(page, 'Start a meeting').click();
      await answer(page, 'Google account token', token);
    };
    await meetWith('disabled');
    await page.getByRole('alert').getByText('not connected to Google').waitFor();
    await moreActions(page).click();
    await button(page, 'Start a meeting').click();
    await page.getByRole('dialog').getByText('not connected to Google').waitFor();
    await answer(page, 'Google account token', 'another');
    await page.getByRole('link', { name: 'Join the meeting' }).waitFor();
    expect(scene.complaints().every((complaint) => /status of (409|503)/.test(complaint))).toBe(true);
  });
});
