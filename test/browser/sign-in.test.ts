import type { Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { button, useScene } from './scene.ts';

/** The first page. */

describe.skipIf(!findChromium())('the sign-in screen', () => {
  const scene = useScene();
  const password = (page: Page) => page.getByLabel('Password', { exact: true });

  test('the picture of the page that loads is gone when the page is there', async () => {
    const { page } = await scene.visit();
    await button(page, 'Sign in').waitFor();
    await page.locator('.splash').waitFor({ state: 'detached' });
  });

  test('asks for a name only for a new account, and keeps what is typed', async () => {
    const { page } = await scene.visit();
    await page.getByLabel('Email').fill('anna@example.com');
    await expect.poll(() => page.getByLabel('Name').count()).toBe(0);
    await expect.poll(() => password(page).getAttribute('autocomplete')).toBe('current-password');
    await button(page, 'Create an account').click();
    await page.getByLabel('Name').waitFor();
    await expect.poll(() => password(page).getAttribute('autocomplete')).toBe('new-password');
    await button(page, 'Sign in').click();
    await expect.poll(() => page.getByLabel('Name').count()).toBe(0);
    await expect.poll(() => page.getByLabel('Email').inputValue()).toBe('anna@example.com');
  });

  test('what was wrong with signing in does not stand below a new account', async () => {
    const { page } = await scene.visit();
    await page.getByLabel('Email').fill('nobody@example.com');
    await password(page).fill('not my password');
    await password(page).press('Enter');
    await page.getByText('Wrong email or password.').waitFor();
    expect(scene.complaints()).toEqual([expect.stringContaining('401')]);
    await button(page, 'Create an account').click();
    await page.getByText('At least 8 characters.').waitFor();
    await expect.poll(() => page.getByText('Wrong email or password.').count()).toBe(0);
    await expect.poll(() => password(page).getAttribute('aria-invalid')).toBe(null);
  });

  test('shows the password while the user wants to see it', async () => {
    const { page } = await scene.visit();
    await password(page).fill('correct horse');
    await expect.poll(() => password(page).getAttribute('type')).toBe('password');
    await button(page, 'Show the password').click();
    await expect.poll(() => password(page).getAttribute('type')).toBe('text');
    await button(page, 'Show the password').click();
    await expect.poll(() => password(page).getAttribute('type')).toBe('password');
  });

  test('asks for the code after the number, sends another one a minute later, and goes back to the number', async () => {
    const { page } = await scene.visit();
    const sent: string[] = [];
    await page.route(/\/auth\/code$/, (route: Route) => {
      sent.push(route.request().postDataJSON().phone);
      return route.fulfill({ json: { success: true, expiresIn: 300, retryAfter: 60 } });
    });
    await button(page, 'Phone').click();
    await expect.poll(() => page.getByLabel('Code').count()).toBe(0);
    await page.getByLabel('Phone').fill('+79991234567');
    await button(page, 'Get a code').click();
    await page.getByText('We have sent a code to +79991234567.').waitFor();
    const code = page.locator(':focus');
    await expect.poll(() => code.getAttribute('autocomplete')).toBe('one-time-code');
    expect(await code.getAttribute('inputmode')).toBe('numeric');
    await page.getByText(/^Send again in \d+ s$/).waitFor();
    await expectAccessible(page);
    await page.clock.fastForward(61_000);
    await button(page, 'Send the code again').click();
    await page.getByText(/^Send again in \d+ s$/).waitFor();
    expect(sent).toEqual(['+79991234567', '+79991234567']);
    await button(page, 'Change the number').click();
    await expect.poll(() => page.getByLabel('Phone').inputValue()).toBe('+79991234567');
  });

  test('fits into 320 pixels in both languages and themes', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await scene.visit(undefined, {
        viewport: { width: 320, height: 640 },
        locale: 'ru-RU',
        colorScheme,
      });
      await button(page, 'Войти').waitFor();
      await expectAccessible(page);
      await button(page, 'English').click();
      await button(page, 'Create an account').click();
      await expectAccessible(page);
      await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    }
  });

  test('follows the colours of the system until one is chosen, which stays', async () => {
    const { page } = await scene.visit(undefined, { colorScheme: 'light' });
    const scheme = () => page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor");
    const bars = () =>
      page
        .locator('meta[name="theme-color"]')
        .evaluateAll((metas) => metas.map((meta) => meta.getAttribute('content')));
    const [light, dark] = ['rgb(255, 255, 255)', 'rgb(26, 29, 35)'];
    await expect.poll(scheme).toBe(light);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(scheme).toBe(dark);
    expect(await bars()).toEqual(['#ffffff', '#1a1d23']);
    await button(page, 'Light').click();
    await expect.poll(scheme).toBe(light);
    expect(await bars()).toEqual(['#ffffff', '#ffffff']);
    await page.reload();
    await button(page, 'Light').waitFor();
    await expect.poll(scheme).toBe(light);
    await button(page, 'System').click();
    await expect.poll(scheme).toBe(dark);
  });
});
