import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { findChromium, lanName, phone } from './chromium.ts';
import { signUp, startChat } from './entry.ts';
import { openInfo } from './messages.ts';
import { answer, ask, box, button, connected, log, say, useScene } from './scene.ts';

/** The web client as a phone in the local network has it: over plain HTTP, which is no secure context. */

describe.skipIf(!findChromium())('the web client on an insecure origin', () => {
  const scene = useScene('of the runner');
  let page: Page;
  let chatId: string;

  beforeEach(async () => {
    const anna = await scene.newPerson('Anna');
    chatId = await scene.newGroup('Lake', anna);
    ({ page } = await scene.visit(anna, { viewport: phone, hasTouch: true }, lanName));
    await page.goto(`/#chat=${chatId}`);
    await connected(page).waitFor();
  });

  /** Copies the invite link in the sheet about the chat. */
  const copyInvite = async () => {
    const sheet = await openInfo(page);
    await sheet.getByRole('button', { name: 'Invite link' }).click();
    await button(page, 'Copy the link').click();
  };

  test('signs up, creates a group, sends, asks and invites', async () => {
    const visitor = await scene.visit(undefined, {}, lanName);
    ({ page } = visitor);
    expect(await page.evaluate('[isSecureContext, typeof crypto.randomUUID, typeof navigator.clipboard]')).toEqual([
      false,
      'undefined',
      'undefined',
    ]);
    await signUp(page, { email: 'phone@example.com', name: 'Phone' });
    await startChat(page, 'New group');
    await answer(page, 'Group name', 'Hills');
    await connected(page).waitFor();
    await say(page, 'From the phone');
    await log(page).getByText('Sent', { exact: true }).waitFor();
    await ask(page, 'Hills or lake?');
    await page.locator('.message.ai:not(.draft)').waitFor();
    await copyInvite();
    await page.getByText('Invite link copied.').first().waitFor();
    await button(page, 'Close').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await box(page).press('Control+V');
    await expect.poll(() => box(page).inputValue()).toMatch(new RegExp(`^http://${lanName}:\\d+/#join=[A-Z0-9]{8}$`));
  });

  test('signs in by phone with the code that the terminal shows', async () => {
    ({ page } = await scene.visit(undefined, {}, lanName));
    await button(page, 'Phone').click();
    await page.getByLabel('Phone').fill('+79991234568');
    await button(page, 'Get a code').click();
    await page.getByText('in the terminal of npm start').waitFor();
  });

  test('shows the invite link when the browser refuses to copy it, and does not call it copied', async () => {
    await page.evaluate('document.execCommand = () => false');
    await copyInvite();
    const field = page.getByRole('textbox', { name: 'Invite link to copy' });
    await field.waitFor();
    await expect.poll(() => field.inputValue()).toContain(`://${lanName}`);
    await expect.poll(() => page.evaluate('String(getSelection())')).toBe(await field.inputValue());
    await expect.poll(() => page.getByText('Invite link copied.').count()).toBe(0);
  });

  test('does not blame the network for a fault of the page', async () => {
    await page.evaluate(`crypto.getRandomValues = () => { throw new TypeError('A fault of the page.'); }`);
    await ask(page, 'Hills or lake?');
    await page.getByRole('alert').getByText('Something went wrong in this page.').waitFor();
    expect(scene.complaints()).toEqual(['A fault of the page.']);
  });
});
