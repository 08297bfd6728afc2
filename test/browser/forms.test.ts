import type { Page, Request, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { request } from '../support/api-client.ts';
import { expectAccessible, findChromium } from './chromium.ts';
import { fillAccount, startChat } from './entry.ts';
import { answer, button, chatLink, useScene } from './scene.ts';

/** The forms and dialogs of the web client: what they send, and what they say about it. */

describe.skipIf(!findChromium())('the forms of the web client', () => {
  const scene = useScene();

  /** What the page sends to a path. */
  /** The bodies of requests; the page also reads the profile without one. */
  function sentTo(page: Page, path: string): object[] {
    const bodies: object[] = [];
    page.on('request', (request: Request) => {
      const body = request.postDataJSON();
      if (request.url().endsWith(path) && body) bodies.push(body);
    });
    return bodies;
  }

  const refuse = (page: Page, path: RegExp, errors: object[]) =>
    page.route(path, (route: Route) => {
      const json = { code: 'invalid_input', title: 'Some fields are missing or invalid.', status: 400, errors };
      return route.fulfill({ status: 400, contentType: 'application/problem+json', json });
    });

  test('a form says below each field what is wrong with it, in the language of the page', async () => {
    const { page } = await scene.visit(undefined, { locale: 'ru-RU' });
    await refuse(page, /\/auth\/register$/, [
      { path: 'password', message: 'must have at least 8 characters', rule: 'too_short', limit: 8 },
      { path: 'name', message: 'is a reserved name', rule: 'reserved_name' },
    ]);
    await button(page, 'Создать учётную запись').click();
    await page.getByLabel('Почта').fill('anna@example.com');
    await page.getByLabel('Пароль', { exact: true }).fill('short');
    await page.getByLabel('Имя').fill('Assistant');
    await button(page, 'Создать учётную запись').click();
    const complaints = async () => {
      const below = async (label: string) => {
        const id = await page.getByLabel(label, { exact: true }).getAttribute('aria-describedby');
        return id && page.locator(`[id="${id}"]`).innerText();
      };
      return Promise.all(['Почта', 'Пароль', 'Имя'].map(below));
    };
    await page.getByText('Слишком коротко. Минимальная длина: 8.').waitFor();
    const reserved = 'Это имя использует само приложение. Выберите другое.';
    await expect.poll(complaints).toEqual([null, 'Слишком коротко. Минимальная длина: 8.', reserved]);
    await expectAccessible(page);
    await button(page, 'English').click();
    await page.getByText('Too short. Minimum length: 8.').waitFor();
  });

  test('a rule of a later version is explained in the words of the server', async () => {
    const { page } = await scene.visit();
    await refuse(page, /\/auth\/code$/, [{ path: 'phone', message: 'must be a lucky number', rule: 'unlucky' }]);
    await button(page, 'Phone').click();
    await page.getByLabel('Phone').fill('13');
    await button(page, 'Get a code').click();
    await page.getByRole('alert').getByText('phone must be a lucky number').waitFor();
  });

  test('phones, codes and invite codes are sent as they were typed', async () => {
    const { page } = await scene.visit();
    const [phones, logins] = [sentTo(page, '/auth/code'), sentTo(page, '/auth/login')];
    await refuse(page, /\/auth\/login$/, []);
    await button(page, 'Phone').click();
    await page.getByLabel('Phone').fill(' 8 (999) 123-45-67\u202c');
    await button(page, 'Get a code').click();
    await page.getByLabel('Code').fill(' 123 456');
    await button(page, 'Sign in').click();
    await expect.poll(() => logins).toEqual([{ phone: ' 8 (999) 123-45-67\u202c', code: ' 123 456' }]);
    expect(phones).toEqual([{ phone: ' 8 (999) 123-45-67\u202c' }]);

    const signedIn = await scene.visit(await scene.newPerson('Anna'));
    const joins = sentTo(signedIn.page, '/groups/join');
    await refuse(signedIn.page, /\/groups\/join$/, []);
    await startChat(signedIn.page, 'Join by code');
    await answer(signedIn.page, 'Invite code', ' «afdx-zm5y»\u200b ');
    await signedIn.page.getByRole('alert').getByText('Something is missing or invalid.').waitFor();
    expect(joins).toEqual([{ inviteCode: ' «afdx-zm5y»\u200b ' }]);
  });

  test('a dialog stays open with what is wrong, and a retry after a lost answer creates no second group', async () => {
    const person = await scene.newPerson('Anna');
    const { page, network } = await scene.visit(person);
    await page.getByText('No chats yet').waitFor();
    const bodies = sentTo(page, '/groups') as { name: string; clientId: string }[];
    await startChat(page, 'New group');
    network.loseAnswers();
    await answer(page, 'Group name', 'Lake');
    await expect.poll(() => bodies.length).toBe(1);
    await expect.poll(async () => (await scene.get('/chats', person)).chats.length).toBe(1);
    network.cut();
    await page.getByRole('alert').getByText('The server is not responding.').first().waitFor();
    await expectAccessible(page);
    network.restore();
    await answer(page, 'Group name', 'Lake');
    await page.getByRole('heading', { name: 'Lake', level: 2 }).waitFor();
    expect(bodies.map(({ name }) => name)).toEqual(['Lake', 'Lake']);
    expect(bodies[0]?.clientId).toMatch(/^[0-9a-f]{32}$/);
    expect(bodies[1]?.clientId).toBe(bodies[0]?.clientId);
  });

  test('one dialog creates one group when the button is pressed twice; a second dialog creates another', async () => {
    const { page } = await scene.visit(await scene.newPerson('Anna'));
    const bodies = sentTo(page, '/groups') as { clientId: string }[];
    for (const name of ['Hills', 'Lake']) {
      await startChat(page, 'New group');
      await page.getByRole('textbox', { name: 'Group name' }).fill(name);
      await button(page, 'Create').dblclick();
      await page.getByRole('heading', { name, level: 2 }).waitFor();
    }
    expect(bodies).toHaveLength(2);
    expect(bodies[0]?.clientId).not.toBe(bodies[1]?.clientId);
    await chatLink(page, 'Hills').waitFor();
  });

  test('what is wrong with a password, an email or a code is said below its field', async () => {
    const { page } = await scene.visit(undefined, { viewport: { width: 320, height: 640 } });
    const below = async (label: string, text: string) => {
      const id = await page.getByLabel(label, { exact: true }).getAttribute('aria-describedby');
      await page.locator(`[id="${id}"]`, { hasText: text }).waitFor();
      await expect.poll(() => page.getByLabel(label, { exact: true }).getAttribute('aria-invalid')).toBe('true');
      await expect.poll(() => page.locator('#notice').innerText()).toBe('');
    };
    await page.getByLabel('Email').fill('nobody@example.com');
    await page.getByLabel('Password', { exact: true }).fill('password');
    await button(page, 'Sign in').click();
    await page.getByText('Wrong email or password.').waitFor();
    await below('Password', 'Wrong email or password.');
    await button(page, 'Phone').click();
    await page.getByLabel('Phone').fill('+79990000001');
    await button(page, 'Get a code').click();
    await page.getByLabel('Code').fill('000000');
    await button(page, 'Sign in').click();
    await page.getByText('The code is wrong').waitFor();
    await below('Code', 'The code is wrong');
    // The browser logs both refusals.
    expect(scene.complaints()).toHaveLength(2);
  });

  test('words at the top of the page do not cover the title of the sign-in card', async () => {
    for (const [width, height] of [
      [320, 640],
      [1280, 800],
    ] as const) {
      const { page, network } = await scene.visit(undefined, { viewport: { width, height }, locale: 'ru-RU' });
      await page.getByLabel('Почта').fill('anna@example.com');
      await page.getByLabel('Пароль', { exact: true }).fill('correct horse');
      network.cut();
      await button(page, 'Войти').click();
      await page.getByRole('alert').getByText('Сервер не отвечает.').waitFor();
      const notice = await page.locator('#notice').boundingBox();
      const title = await page.getByRole('heading', { level: 1 }).boundingBox();
      expect((notice?.y ?? 0) + (notice?.height ?? 0)).toBeLessThan(title?.y ?? 0);
    }
  });

  test('somebody without a name is asked for one, and may decline', async () => {
    const email = `${crypto.randomUUID()}@example.com`;
    const { body } = await request(scene.url, 'POST', '/auth/register', { body: { email, password: 'correct horse' } });
    const { page } = await scene.visit(body);
    await page.getByRole('dialog', { name: 'What is your name?' }).waitFor();
    await answer(page, 'What is your name?', '   ');
    await page.getByRole('alert').getByText('Fill in this field.').waitFor();
    await button(page, 'Cancel').click();
    await page.getByRole('heading', { name: /^User / }).waitFor();
    await page.reload();
    await answer(page, 'What is your name?', 'Vera');
    await page.getByRole('heading', { name: 'Vera' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Vera' }).waitFor();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  test('after signing in the keyboard is at the list of chats', async () => {
    const { page } = await scene.visit();
    await fillAccount(page, { email: `${crypto.randomUUID()}@example.com`, name: 'Vera' });
    await button(page, 'Create an account').press('Enter');
    await page.locator('nav:focus').waitFor();
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toBe('Settings');
  });
});
