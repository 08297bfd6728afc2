import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { startChat } from './entry.ts';
import { answer, button, chatLink, holdBack, type Person, useScene } from './scene.ts';

/** The ways to a new chat. */

describe.skipIf(!findChromium())('a new chat', () => {
  const scene = useScene();
  let [anna, boris, vera] = [] as unknown as [Person, Person, Person];

  beforeEach(async () => {
    [anna, boris, vera] = [
      await scene.newPerson('Anna'),
      await scene.newPerson('Boris'),
      await scene.newPerson('Vera'),
    ];
  });

  const emailOf = async (person: Person): Promise<string> => (await scene.get('/users/me', person)).user.email;
  const add = (page: Page, contact: string) =>
    page
      .getByLabel('Add people')
      .fill(contact)
      .then(() => page.getByLabel('Add people').press('Enter'));

  test('a group begins with people from direct chats and by email', async () => {
    await scene.newDirect(anna, boris);
    const { page } = await scene.visit(anna);
    await chatLink(page, 'Boris').waitFor();
    await startChat(page, 'New group');
    await page.getByRole('textbox', { name: 'Group name' }).fill('Lake');
    await page.getByRole('checkbox', { name: 'Boris' }).check();
    await add(page, 'nobody@example.com');
    await page.getByText('No user has this email or phone.').waitFor();
    await add(page, await emailOf(anna));
    await page.getByText('This is you').waitFor();
    await add(page, await emailOf(vera));
    await expect.poll(() => page.getByRole('checkbox', { name: 'Vera' }).isChecked()).toBe(true);
    await page.getByText('2 people chosen').waitFor();
    await expectAccessible(page);
    await button(page, 'Create').click();
    await page.getByRole('heading', { name: 'Lake', level: 2 }).waitFor();
    const { chats } = await scene.get('/chats', anna);
    const { participantIds } = chats.find(({ name }: { name: string }) => name === 'Lake');
    expect([...participantIds].sort()).toEqual([anna, boris, vera].map(({ user }) => user.id).sort());
  });

  test('a group is refused with the name of the person who can’t be added', async () => {
    await scene.newDirect(anna, boris);
    await scene.newDirect(anna, vera);
    expect((await scene.post('/users/me', boris, { addedBy: 'nobody' }, 'PATCH')).user.addedBy).toBe('nobody');
    const { page } = await scene.visit(anna);
    await chatLink(page, 'Boris').waitFor();
    await startChat(page, 'New group');
    await page.getByRole('textbox', { name: 'Group name' }).fill('Lake');
    await page.getByRole('checkbox', { name: 'Vera' }).check();
    await page.getByRole('checkbox', { name: 'Boris' }).check();
    await button(page, 'Create').click();
    await page
      .getByRole('alert')
      .getByText(/^.?Boris.?: /)
      .waitFor();
  });

  test('the dialog of a new group does not grow wider with a long name', async () => {
    await scene.newDirect(anna, await scene.newPerson('Maximilian-Alexander von Hohenlohe-Langenburg'));
    const { page } = await scene.visit(anna, { viewport: { width: 320, height: 640 } });
    await chatLink(page, 'Maximilian').waitFor();
    await startChat(page, 'New group');
    await page.getByRole('checkbox', { name: 'Maximilian' }).waitFor();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  });

  test('by keyboard the arrows go through the ways, and Escape from the dialog gives the focus back', async () => {
    const { page } = await scene.visit(anna);
    const opener = button(page, 'New chat');
    await opener.press('Enter');
    await page.locator(':focus', { hasText: 'New group' }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.locator(':focus', { hasText: 'Join by code' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator(':focus', { hasText: 'New group' }).press('Enter');
    await page.getByRole('textbox', { name: 'Group name' }).press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => opener.evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  test('somebody without chats finds the ways to one in the empty list', async () => {
    const { page } = await scene.visit(anna);
    await page.getByText('No chats yet').waitFor();
    await expectAccessible(page);
    await button(page, 'Direct chat').click();
    await page.getByRole('textbox', { name: 'Email or phone of the other person' }).fill(await emailOf(boris));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Boris', level: 2 }).waitFor();
  });

  const ways = {
    'New group': { path: /\/groups$/, label: 'Group name', line: async () => 'Vera' },
    'Direct chat': { path: /\/chats\/direct$/, label: 'Email or phone of the other person', line: () => emailOf(vera) },
  } as const;

  test.each(['New group', 'Direct chat'] as const)(
    '%s: does not open over the chat to which the user has gone meanwhile',
    async (way) => {
      const { path, label, line } = ways[way];
      await scene.newDirect(anna, boris);
      const { page } = await scene.visit(anna);
      await chatLink(page, 'Boris').waitFor();
      const { held, letGo } = await holdBack(page, path);
      await startChat(page, way);
      await answer(page, label, await line());
      await held;
      await page.keyboard.press('Escape');
      await chatLink(page, 'Boris').click();
      await page.getByRole('heading', { name: 'Boris', level: 2 }).waitFor();
      await letGo();
      await chatLink(page, 'Vera').waitFor();
      await page.getByRole('heading', { name: 'Boris', level: 2 }).waitFor();
    },
  );
});
