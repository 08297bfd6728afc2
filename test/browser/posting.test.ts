import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium, phone } from './chromium.ts';
import { openChat, openInfo, openMenu, row } from './messages.ts';
import { box, button, log, type Person, say, useScene } from './scene.ts';

/** Who may write in a group, and how often. */

describe.skipIf(!findChromium())('the rules of a group', () => {
  const scene = useScene();
  let [anna, boris] = [] as unknown as [Person, Person];
  let groupId = '';

  beforeEach(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    groupId = await scene.newGroup('Lake', anna, boris);
  });

  const setRules = async (page: Page, rules: { posting?: string; pause?: string }) => {
    await (await openInfo(page)).getByRole('button', { name: 'Who may write' }).click();
    const dialog = page.getByRole('dialog', { name: 'Who may write' });
    if (rules.posting) await dialog.getByLabel('Who may write').selectOption({ label: rules.posting });
    if (rules.pause) await dialog.getByLabel('Slow mode').selectOption({ label: rules.pause });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await button(page, 'Close').click();
  };
  const setOverApi = (rules: object) => scene.post(`/groups/${groupId}`, anna, rules, 'PATCH');
  const note = (page: Page) => page.getByRole('status').filter({ hasText: /write here|Slow mode/ });

  test('an admin allows only admins to write, and members see it at once', async () => {
    const [{ page: annas }, { page: boriss }] = [
      await scene.visit(anna),
      await scene.visit(boris, { viewport: phone }),
    ];
    await openChat(boriss, 'Lake');
    await say(boriss, 'Before');
    await row(boriss, 'Before').waitFor();
    await openChat(annas, 'Lake');
    await setRules(annas, { posting: 'Only admins' });
    await log(annas).getByText('only admins may write').waitFor();
    await note(boriss).getByText('Only admins may write here.').waitFor();
    await expect.poll(() => box(boriss).count()).toBe(0);
    await expectAccessible(boriss);
    // They may still react and edit, but not reply.
    await openMenu(boriss, 'Before');
    await expect.poll(() => boriss.getByRole('dialog').getByRole('button', { name: 'Reply' }).count()).toBe(0);
    await boriss.getByRole('dialog').getByRole('button', { name: 'Edit' }).click();
    await box(boriss).fill('Edited');
    await box(boriss).press('Enter');
    await row(boriss, 'Edited').waitFor();
    await expect.poll(() => box(boriss).count()).toBe(0);
    const sheet = await openInfo(boriss);
    await sheet.getByRole('button', { name: 'Mute' }).waitFor();
    await expect.poll(() => button(boriss, /meeting/i).count()).toBe(0);
    await expect.poll(() => button(boriss, 'Who may write').count()).toBe(0);
    await button(boriss, 'Close').click();
    await say(annas, 'Still here');
    await log(boriss).getByText('Still here').waitFor();
    await setRules(annas, { posting: 'Everyone' });
    await box(boriss).waitFor();
    await expect.poll(() => note(boriss).count()).toBe(0);
  });

  test('a chat that only admins may write in opens with the note for members and with the box for admins', async () => {
    await setOverApi({ posting: 'admins' });
    const [{ page: annas }, { page: boriss }] = [await scene.visit(anna), await scene.visit(boris)];
    await openChat(boriss, 'Lake');
    await note(boriss).waitFor();
    await openChat(annas, 'Lake');
    await box(annas).waitFor();
    await expect.poll(() => note(annas).count()).toBe(0);
  });

  test('in slow mode a message waits and says how long; admins do not wait', async () => {
    const [{ page: annas }, { page: boriss }] = [await scene.visit(anna), await scene.visit(boris)];
    await openChat(annas, 'Lake');
    await setRules(annas, { pause: '5 minutes' });
    await log(annas).getByText('slow mode 5 min').waitFor();
    await openChat(boriss, 'Lake');
    await note(boriss).getByText('Slow mode: 5 minutes between your messages.').waitFor();
    await say(boriss, 'First');
    await row(boriss, 'First').waitFor();
    await say(boriss, 'Second');
    await boriss.getByText(/^Your message will be sent in [45]:\d\d\.$/).waitFor();
    await boriss.locator('.outgoing', { hasText: 'Waiting to be sent' }).waitFor();
    await expectAccessible(boriss);
    for (const text of ['One', 'Two']) {
      await say(annas, text);
      await row(annas, text).waitFor();
    }
    await setRules(annas, { pause: 'Off' });
    await note(boriss).waitFor({ state: 'detached' });
  });

  test('the dialog begins with what is set, also by another app, and says what went wrong', async () => {
    await setOverApi({ posting: 'admins', slowModeSeconds: 90 });
    const { page } = await scene.visit(anna);
    await openChat(page, 'Lake');
    await (await openInfo(page)).getByRole('button', { name: 'Who may write' }).click();
    const dialog = page.getByRole('dialog', { name: 'Who may write' });
    const chosen = () => dialog.locator('option:checked').allInnerTexts();
    await expect.poll(chosen).toEqual(['Only admins', '90 seconds']);
    await expectAccessible(page);
    await page.route(/\/groups\//, (route) => route.fulfill({ status: 403, json: { code: 'role_too_low' } }));
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Your role in this group does not allow this.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});
