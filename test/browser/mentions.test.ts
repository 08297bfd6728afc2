import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium, phone } from './chromium.ts';
import { box, button, chatLink, connected, log, type Person, useScene } from './scene.ts';

/** Whom messages mention: the list after an @, and what the mentioned see. */

describe.skipIf(!findChromium())('mentions', () => {
  const scene = useScene();
  let anna: Person;
  let boris: Person;
  let vera: Person;
  let lake: string;

  beforeEach(async () => {
    [anna, boris, vera] = [
      await scene.newPerson('Anna'),
      await scene.newPerson('Boris Berg'),
      await scene.newPerson('Vera'),
    ];
    lake = await scene.newGroup('Lake', anna, boris, vera);
  });

  async function open(person: Person, options?: Parameters<typeof scene.visit>[1]): Promise<Page> {
    const { page } = await scene.visit(person, options);
    await chatLink(page, 'Lake').click();
    await connected(page).waitFor();
    return page;
  }

  const options = (page: Page) => page.getByRole('option');
  const newest = async () => (await scene.get(`/chats/${lake}/messages`, anna)).messages.at(-1);
  const active = (page: Page) => box(page).getAttribute('aria-activedescendant');

  test('the list is used by keyboard, and the message mentions whom its text names', async () => {
    const page = await open(anna);
    await box(page).pressSequentially('Look, @');
    await expect.poll(() => options(page).allInnerTexts()).toHaveLength(3);
    const names = options(page).locator('span:not(.avatar)');
    await expect.poll(() => names.allInnerTexts()).toEqual(['Boris Berg', 'Vera', 'everyone']);
    await expectAccessible(page);
    await box(page).press('ArrowDown');
    await expect.poll(async () => page.locator(`[id="${await active(page)}"]`).innerText()).toContain('Vera');
    await box(page).press('ArrowUp');
    await expect
      .poll(async () => page.locator(`[id="${await active(page)}"]`).getAttribute('aria-selected'))
      .toBe('true');
    await box(page).press('Enter');
    await expect.poll(() => box(page).inputValue()).toBe('Look, @Boris Berg ');
    await expect.poll(() => options(page).count()).toBe(0);
    await box(page).pressSequentially('and @ve');
    await options(page).getByText('Vera').waitFor();
    await box(page).press('Tab');
    await box(page).pressSequentially('!');
    await expect.poll(() => box(page).inputValue()).toBe('Look, @Boris Berg and @Vera !');
    for (let n = 0; n < '@Vera !'.length; n++) await box(page).press('Backspace');
    await box(page).press('Enter');
    await expect.poll(async () => (await newest()).content).toContain('Look, @Boris Berg');
    expect((await newest()).mentions).toEqual([boris.user.id]);
    await expect.poll(() => log(page).locator('span.mention').allInnerTexts()).toEqual(['@Boris Berg']);
  });

  test('Escape closes the list and keeps the text; then Enter sends it', async () => {
    const page = await open(anna);
    await box(page).pressSequentially('Mail to @ver');
    await options(page).first().waitFor();
    await box(page).press('Escape');
    await expect.poll(() => options(page).count()).toBe(0);
    await box(page).pressSequentially('a');
    await expect.poll(() => options(page).count()).toBe(0);
    await box(page).press('Enter');
    await expect.poll(async () => (await newest()).content).toBe('Mail to @vera');
    expect((await newest()).mentions).toBeUndefined();
  });

  test('a finger chooses from the list on a narrow screen', async () => {
    const page = await open(anna, { hasTouch: true, isMobile: true, viewport: { ...phone, width: 320 } });
    await box(page).tap();
    await box(page).pressSequentially('@');
    await options(page).getByText('Vera').tap();
    await expect.poll(() => box(page).inputValue()).toBe('@Vera ');
    const { x = 0, width = 0 } = (await page.locator('.composer').boundingBox()) ?? {};
    expect(x + width).toBeLessThanOrEqual(320);
    await button(page, 'Send').tap();
    await expect.poll(async () => (await newest()).mentions).toEqual([vera.user.id]);
  });

  test('the mentioned see it in the list of chats and more strongly in the chat; others do not', async () => {
    await scene.post(`/chats/${lake}/messages`, anna, { content: 'Look, @Vera', mentions: [vera.user.id] });
    for (const [person, count] of [
      [vera, 1],
      [boris, 0],
    ] as const) {
      const { page } = await scene.visit(person);
      await chatLink(page, 'Lake').getByLabel('unread').waitFor();
      await expect.poll(() => page.getByLabel('1 mention of you').count()).toBe(count);
      await expectAccessible(page);
      await chatLink(page, 'Lake').click();
      await expect.poll(() => log(page).locator('.mention').allInnerTexts()).toEqual(['@Vera']);
      await expect.poll(() => log(page).locator('mark.mention').count()).toBe(count);
      await expect.poll(() => log(page).locator('.for-me').count()).toBe(count);
      await expect.poll(() => page.getByLabel('1 mention of you').count()).toBe(0);
      await expectAccessible(page);
    }
  });

  test('everyone is offered in a group in the language of the page, and mentions all in any', async () => {
    const { page } = await scene.visit(vera, { locale: 'ru-RU' });
    await chatLink(page, 'Lake').click();
    await connected(page).waitFor();
    await box(page).pressSequentially('@все');
    await options(page).getByText('Все участники').waitFor();
    await box(page).press('Enter');
    await box(page).press('Enter');
    await expect.poll(async () => (await newest()).everyone).toBe(true);
    const boriss = await open(boris);
    await expect.poll(() => log(boriss).locator('mark.mention').allInnerTexts()).toEqual(['@все']);
  });

  test('an edit mentions whom its new text names', async () => {
    await scene.post(`/chats/${lake}/messages`, anna, { content: 'Look, @Vera', mentions: [vera.user.id] });
    const page = await open(anna);
    await expect.poll(() => log(page).locator('.mention').count()).toBe(1);
    await box(page).press('ArrowUp');
    await expect.poll(() => box(page).inputValue()).toBe('Look, @Vera');
    await box(page).fill('Look, ');
    await box(page).pressSequentially('@bor');
    await options(page).first().waitFor();
    await box(page).press('Enter');
    await box(page).press('Enter');
    await expect.poll(async () => (await newest()).content).toContain('@Boris Berg');
    expect((await newest()).mentions).toEqual([boris.user.id]);
  });

  test('a draft with mentions survives a reload', async () => {
    const page = await open(anna);
    await box(page).pressSequentially('@ve');
    await options(page).first().waitFor();
    await box(page).press('Enter');
    await page.reload();
    await connected(page).waitFor();
    await box(page).press('End');
    await box(page).pressSequentially('hello');
    await box(page).press('Enter');
    await expect.poll(async () => (await newest()).content).toBe('@Vera hello');
    expect((await newest()).mentions).toEqual([vera.user.id]);
  });
});
