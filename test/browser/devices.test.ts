import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { request } from '../support/api-client.ts';
import { expectAccessible, findChromium } from './chromium.ts';
import { button, type Person, useScene } from './scene.ts';
import { openSettings, sheet } from './settings.ts';

/** The devices on which one is signed in. */

describe.skipIf(!findChromium())('the devices in the settings', () => {
  const scene = useScene();

  // The browser logs the refusals.
  afterEach(() => {
    for (const complaint of scene.complaints()) expect(complaint).toMatch(/status of (401|404)/);
  });
  let [here, there] = [] as unknown as [Person, Person];
  let [page, other] = [] as unknown as [Page, Page];

  const login = async (email: string, device?: string): Promise<Person> =>
    (await request(scene.url, 'POST', '/auth/login', { body: { email, password: 'correct horse', device } })).body;
  const sessions = async (): Promise<{ current: boolean }[]> => (await scene.get('/auth/sessions', here)).sessions;
  const confirm = (verb: string) => page.getByRole('dialog').last().getByRole('button', { name: verb }).click();

  beforeEach(async () => {
    here = await scene.newPerson('Anna');
    const { email } = (await scene.get('/users/me', here)).user;
    there = await login(email, 'Pixel 9');
    ({ page } = await scene.visit(here));
    other = (await scene.visit(there)).page;
    await other.getByRole('heading', { name: 'Anna', level: 1 }).waitFor();
    await openSettings(page, 'Devices');
  });

  test('another session is ended, and its page signs out', async () => {
    await sheet(page).getByText('Other devices').waitFor();
    await expectAccessible(page);
    await button(page, 'End the session: Pixel 9').click();
    await page.getByText('Sign out on this device? Pixel 9').waitFor();
    await confirm('Cancel');
    expect(await sessions()).toHaveLength(2);
    await button(page, 'End the session: Pixel 9').click();
    await confirm('End');
    await sheet(page).getByText('The session has ended.').waitFor();
    await sheet(page).getByText('You are signed in nowhere else.').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.innerText')).toBe('Devices');
    await other.locator('.sign-in').waitFor();
    expect(await sessions()).toMatchObject([{ current: true }]);
  });

  test('all other sessions are ended at once, also if one has ended by itself meanwhile', async () => {
    const { email } = (await scene.get('/users/me', here)).user;
    const third = await login(email);
    await page.reload();
    await button(page, 'End all other sessions').waitFor();
    await scene.post('/auth/logout', third, {});
    await button(page, 'End all other sessions').click();
    await page.getByText('Sign out on 2 other devices?').waitFor();
    await confirm('End');
    await sheet(page).getByText('You are signed in only here now.').waitFor();
    await other.locator('.sign-in').waitFor();
    expect(await sessions()).toMatchObject([{ current: true }]);
  });

  test('signing out on all devices ends this session too', async () => {
    await button(page, 'Sign out on all devices').click();
    await confirm('Sign out');
    for (const one of [page, other]) await one.locator('.sign-in').waitFor();
    expect(await page.evaluate('location.hash')).toBe('');
    const { status } = await request(scene.url, 'GET', '/users/me', { token: here.accessToken });
    expect(status).toBe(401);
  });
});
