import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { findChromium, lanName, phone } from './chromium.ts';
import { openInfo } from './messages.ts';
import { answer, box, button, log, say, useScene } from './scene.ts';

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
    await page.getByText('Connected').waitFor();
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
    await page.getByLabel('Email').fill('phone@example.com');
    await page.getByLabel('Password').fill('correct horse');
    await page.getByLabel('Name').fill('Phone');
    await button(page, 'Create an account').click();
    await button(page, 'New group').click();
    await answer(page, 'Group name', 'Hills');
    await page.getByText('Connected').waitFor();
    await say(page, 'From the phone');
    await log(page).getByText('· Sent').waitFor();
    await box(page).fill('Hills or lake?');
    await button(page, 'Ask the assistant').click();
    await page.locator('.message.ai:not(.draft)').waitFor();
    await copyInvite();
    await page.getByText('Invite link copied.').first().waitFor();
    await button(page, 'Close').click();
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
    await box(page).fill('Hills or lake?');
    await button(page, 'Ask the assistant').click();
    await page.getByRole('alert').getByText('Something went wrong in this page.').waitFor();
    expect(scene.complaints()).toEqual(['A fault of the page.']);
  });
});
