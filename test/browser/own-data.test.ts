import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { request } from '../support/api-client.ts';
import { expectAccessible, findChromium } from './chromium.ts';
import { button, holdBack, type Person, useScene } from './scene.ts';
import { openSettings, sheet } from './settings.ts';

/** The user's data: their export, and the deletion of the account. */

describe.skipIf(!findChromium())('the user’s own data', () => {
  const scene = useScene();

  // The browser logs the refusals.
  afterEach(() => {
    for (const complaint of scene.complaints()) expect(complaint).toMatch(/status of (401|503)/);
  });
  let anna: Person;
  let page: Page;
  const field = (name: string) => page.getByRole('textbox', { name });

  beforeEach(async () => {
    anna = await scene.newPerson('Anna');
    ({ page } = await scene.visit(anna));
  });

  test('the export contains the profile, the sessions, the chats and all messages', async () => {
    const chats = [await scene.newGroup('Lake', anna), await scene.newGroup('Hills', anna)];
    for (const chatId of chats) for (const text of ['One', 'Two']) await scene.say(anna, chatId, text);
    await openSettings(page, 'My data');
    const downloading = page.waitForEvent('download');
    await button(page, /^Export my data/).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`chat-export-${anna.user.id}.json`);
    const all = JSON.parse(await readFile(await download.path(), 'utf8'));
    expect(all.user).toMatchObject({ id: anna.user.id, name: 'Anna' });
    expect(all.sessions).toHaveLength(1);
    expect(new Set(all.chats.map(({ id }: { id: string }) => id))).toEqual(new Set(chats));
    expect(all.messages.map(({ content }: { content: string }) => content).sort()).toEqual([
      'One',
      'One',
      'Two',
      'Two',
    ]);
    expect(all).not.toHaveProperty('cursor');
    await sheet(page).getByText('Exported 4 messages.').waitFor();
  });

  test('the export can be stopped: no file is saved', async () => {
    await openSettings(page, 'My data');
    let saved = false;
    page.on('download', () => {
      saved = true;
    });
    const { held, letGo } = await holdBack(page, /\/users\/me\/export/);
    await button(page, /^Export my data/).click();
    await held;
    await sheet(page).getByText('0 messages so far…').waitFor();
    await button(page, 'Stop').click();
    await letGo();
    await button(page, 'Stop').waitFor({ state: 'detached' });
    expect([await sheet(page).getByRole('status').innerText(), saved]).toEqual(['', false]);
  });

  test('the account is deleted after the password and a typed word, and cannot sign in again', async () => {
    const { email } = (await scene.get('/users/me', anna)).user;
    await openSettings(page, 'My data', 'Delete my account');
    await field('Current password').fill('correct horse');
    await field('To confirm').fill('yes');
    await button(page, 'Delete my account').click();
    await sheet(page).getByText('Type DELETE in capital letters.').waitFor();
    await field('To confirm').fill('DELETE');
    await field('Current password').fill('wrong horse');
    await button(page, 'Delete my account').click();
    await sheet(page).locator('.field', { hasText: 'Current password' }).getByText('Wrong password.').waitFor();
    await expectAccessible(page);
    expect((await scene.get('/users/me', anna)).user.name).toBe('Anna');
    await field('Current password').fill('correct horse');
    await button(page, 'Delete my account').click();
    await page.locator('.sign-in').waitFor();
    await page.locator('#notice').getByText('Your account is deleted.').waitFor();
    const body = { email, password: 'correct horse' };
    expect((await request(scene.url, 'POST', '/auth/login', { body })).status).toBe(401);
    expect(await page.evaluate('[location.hash, localStorage.getItem("tokens")]')).toEqual(['', null]);
  });

  test('an account with very many chats is deleted in several requests', async () => {
    let refused = 0;
    await page.route('**/users/me', (route) => {
      if (route.request().method() !== 'DELETE' || refused++ > 0) return route.continue();
      return route.fulfill({ status: 503, json: { code: 'deletion_unfinished', title: 'Send it again.' } });
    });
    await openSettings(page, 'My data', 'Delete my account');
    await field('Current password').fill('correct horse');
    await field('To confirm').fill('DELETE');
    await button(page, 'Delete my account').click();
    await page.locator('#notice').getByText('Your account is deleted.').waitFor();
    expect(refused).toBe(2);
  });
});
