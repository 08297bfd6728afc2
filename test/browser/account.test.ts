import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { request } from '../support/api-client.ts';
import { expectAccessible, findChromium } from './chromium.ts';
import { button, type Person, useScene } from './scene.ts';
import { openSettings, sheet } from './settings.ts';

/** How one signs in, changed in the settings: email, phone and password; and the Google account. */

describe.skipIf(!findChromium())('the account in the settings', () => {
  const scene = useScene();

  // The browser logs the refusals.
  afterEach(() => {
    for (const complaint of scene.complaints()) expect(complaint).toMatch(/status of (401|409|422)/);
  });
  let anna: Person;
  let page: Page;
  const password = 'correct horse';
  const field = (name: string) => page.getByRole('textbox', { name, exact: name === 'New phone' });
  const said = (text: string) => sheet(page).getByRole('alert').getByText(text).waitFor();
  const save = () => button(page, 'Save').click();
  const me = async () => (await scene.get('/users/me', anna)).user;
  const login = async (body: object) => (await request(scene.url, 'POST', '/auth/login', { body })).status;
  const newPhone = () => `+7999${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;

  /** Presses the `n`th button for a code and returns the code that the text message would have. */
  const getCode = async (n = 0) => {
    await button(page, 'Get a code').nth(n).click();
    const arrived = sheet(page).getByText(/Your code is \d{6}/);
    return /\d{6}/.exec(await arrived.nth(n).innerText())?.[0] ?? '';
  };

  const visit = async (person: Person, ...rows: string[]) => {
    anna = person;
    ({ page } = await scene.visit(person));
    // An account with only a phone is asked for its name.
    if (!person.user.name.startsWith('Anna')) await button(page, 'Cancel').click();
    await openSettings(page, 'Account', ...rows);
  };

  /** An account that has only a phone. */
  const newPhonePerson = async (phone: string): Promise<Person> => {
    await request(scene.url, 'POST', '/auth/code', { body: { phone } });
    const { messages } = (await request(scene.url, 'GET', `/_local/sms?phone=${encodeURIComponent(phone)}`)).body;
    return (await request(scene.url, 'POST', '/auth/login', { body: { phone, code: messages[0].code } })).body;
  };

  describe('with an email', () => {
    beforeEach(async () => visit(await scene.newPerson('Anna')));
    const open = (row: string) => sheet(page).getByRole('button', { name: row }).click();

    test('a phone is linked by the code from a text message and the password', async () => {
      await open('Add a phone');
      const phone = newPhone();
      await field('New phone').fill(phone);
      await field('Code').fill(await getCode());
      await button(page, /New code in \d+ s/).waitFor();
      await field('Current password').fill('wrong horse');
      await save();
      await sheet(page).locator('.field', { hasText: 'Current password' }).getByText('Wrong password.').waitFor();
      await expectAccessible(page);
      await field('Current password').fill(password);
      await save();
      await said('Sign in with the new phone from now on.');
      await button(page, `Phone ${phone}`).waitFor();
      expect((await me()).phone).toBe(phone);
    });

    test('what is no phone number is complained about beside its field', async () => {
      await open('Add a phone');
      await field('New phone').fill('+79');
      await button(page, 'Get a code').click();
      await sheet(page).locator('.field', { hasText: 'New phone' }).getByText('Use the format').waitFor();
    });

    test('the password is changed, and the new one signs in', async () => {
      const { email } = await me();
      await open('Change the password');
      await field('Current password').fill('wrong horse');
      await field('New password').fill('short');
      await save();
      await sheet(page).getByText('Too short. Minimum length: 8.').waitFor();
      await field('New password').fill('battery staple');
      await save();
      await sheet(page).locator('.field', { hasText: 'Current password' }).getByText('Wrong password.').waitFor();
      await field('Current password').fill(password);
      await save();
      await said('The password is changed.');
      expect(await login({ email, password })).toBe(401);
      expect(await login({ email, password: 'battery staple' })).toBe(200);
    });

    test('the email is changed with the password, unless somebody else has it', async () => {
      const { email: taken } = (await scene.get('/users/me', await scene.newPerson('Boris'))).user;
      await open('Email');
      expect(await button(page, 'Save').getAttribute('aria-disabled')).toBe('true');
      await field('New email').fill(taken);
      await field('Current password').fill(password);
      await save();
      await sheet(page).locator('.field', { hasText: 'New email' }).getByText('already exists').waitFor();
      const email = `new-${taken}`;
      await field('New email').fill(email);
      await save();
      await said('Sign in with the new email from now on.');
      expect(await login({ email, password })).toBe(200);
    });

    test('a Google account is linked and unlinked', async () => {
      await open('Google account');
      await field('Google account token').fill('4/no-scope');
      await sheet(page).getByRole('button', { name: 'Link', exact: true }).click();
      await sheet(page).locator('.field').getByText('does not allow creating meetings').waitFor();
      await field('Google account token').fill('4/fine');
      await sheet(page).getByRole('button', { name: 'Link', exact: true }).click();
      await said('The Google account is linked.');
      await scene.post('/google/meet/create', anna, {});
      await button(page, /^Unlink/).click();
      await said('No Google account is linked any more.');
      const { status } = await request(scene.url, 'POST', '/google/meet/create', { token: anna.accessToken, body: {} });
      expect(status).toBe(409);
    });
  });

  test('an account with only a phone needs a code for its first email and password', async () => {
    await visit(await newPhonePerson(newPhone()));
    await button(page, /^Set a password/).click();
    await field('Code sent to').waitFor();
    expect(await field('Current password').count()).toBe(0);
    await button(page, 'Back').click();
    await sheet(page).getByRole('button', { name: 'Add an email' }).click();
    const email = `${crypto.randomUUID()}@example.com`;
    await field('New email').fill(email);
    await field('Your password').fill('battery staple');
    await save();
    await sheet(page).locator('.field', { hasText: 'Code sent' }).getByText('Confirm that').waitFor();
    expect((await me()).email).toBe('');
  });
});
