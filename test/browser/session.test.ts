import { describe, expect, test } from 'vitest';
import { findChromium } from './chromium.ts';
import { startChat } from './entry.ts';
import { button, useScene } from './scene.ts';

/** Which user the page belongs to, as the browser's storage says. */

describe.skipIf(!findChromium())('the session of the web client', () => {
  const scene = useScene();

  test('a dialog closes when somebody else signs in: what is typed there must not be done in their name', async () => {
    const [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    const { page } = await scene.visit(anna);
    await startChat(page, 'New group');
    await page.getByRole('textbox', { name: 'Group name' }).fill('Of Anna');
    const other = await page.context().newPage();
    await other.goto('/docs');
    await other.evaluate("localStorage.removeItem('tokens')");
    await other.evaluate((tokens) => localStorage.setItem('tokens', tokens), JSON.stringify(boris));
    await page.getByRole('heading', { name: 'Boris', level: 1 }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await scene.get('/chats', boris)).chats).toEqual([]);
  });

  test.each(['{', '{"user":{"id":"1","name":"Anna"}}'])('no session is read from %s', async (tokens) => {
    const { page } = await scene.visit();
    await page.evaluate((value) => localStorage.setItem('tokens', value), tokens);
    await page.reload();
    await button(page, 'Create an account').waitFor();
  });
});
