import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium, type Visitor } from './chromium.ts';
import { fillAccount, startChat } from './entry.ts';
import {
  box,
  bubbles,
  button,
  chatLink,
  connected,
  holdBack,
  log,
  type Person,
  refuseMessages,
  returnTo,
  say,
  useScene,
} from './scene.ts';
import { chooseLanguage, chooseTheme, loadAll } from './settings.ts';

/** The web client when the network breaks, when something takes long, and when the server refuses. */

describe.skipIf(!findChromium())('the web client in trouble', () => {
  const scene = useScene();
  let anna: Person;
  let boris: Person;
  let page: Page;
  let network: Visitor['network'];
  let lake: string;
  let hills: string;

  beforeAll(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    await scene.newGroup('Forest', anna, boris);
    [hills, lake] = [await scene.newGroup('Hills', anna, boris), await scene.newGroup('Lake', anna, boris)];
    await scene.say(boris, lake, 'Who brings the tent?');
    ({ page, network } = await scene.visit(anna));
  });

  beforeEach(() => network.restore());

  async function open(name: string): Promise<void> {
    await chatLink(page, name).click();
    await page.getByRole('heading', { name, level: 2 }).waitFor();
    await connected(page).waitFor();
  }

  test('keeps the chat, unsent messages and the text in the box when the language or theme changes offline', async () => {
    await loadAll(page);
    await open('Lake');
    network.cut();
    await page.getByText('Reconnecting').waitFor();
    await say(page, 'I do');
    await box(page).fill('And you bring');
    await chooseLanguage(page, 'Русский');
    await log(page).getByText('Ждёт отправки').waitFor();
    await chooseTheme(page, 'Тёмная');
    await expect.poll(() => bubbles(page).allInnerTexts()).toEqual(['Who brings the tent?', 'I do']);
    await expect.poll(() => box(page).inputValue()).toBe('And you bring');
    await page.getByRole('heading', { name: 'Lake', level: 2 }).waitFor();
    await chooseLanguage(page, 'English');
    await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toBe('Settings');
    network.restore();
    await returnTo(page);
    await log(page).getByText('Sent', { exact: true }).waitFor();
    await expect.poll(() => box(page).inputValue()).toBe('And you bring');
    await box(page).fill('');
  });

  test('keeps unsent messages while another chat is open, and shows them in the list', async () => {
    await open('Lake');
    network.cut();
    await page.getByText('Reconnecting').waitFor();
    await say(page, 'Still there?');
    await chatLink(page, 'Forest').click();
    await chatLink(page, 'Lake').getByText('Not sent yet: Still there').waitFor();
    network.restore();
    await open('Lake');
    await page.locator('.mine:not(.outgoing)', { hasText: 'Still there?' }).waitFor();
  });

  test('announces each connection state once, without the seconds', async () => {
    await open('Lake');
    await page.evaluate(`
      const region = document.querySelector('.chat [role=status]');
      globalThis.heard = [region.textContent];
      const listen = new MutationObserver(() => heard.push(region.textContent));
      listen.observe(region, { childList: true, characterData: true, subtree: true });
    `);
    network.cut();
    await page.getByText(/in \d+ s/).waitFor();
    await page.clock.runFor(3000);
    network.restore();
    await connected(page).waitFor();
    await page.clock.runFor(3000);
    const heard = await page.evaluate<string[]>('heard');
    expect(heard).toContain('Reconnecting');
    for (const [n, words] of heard.entries()) {
      // Nothing while the chat is live.
      if (words) expect(words).not.toBe(heard[n - 1]);
      expect(words).toMatch(/^\D*$/);
    }
  });

  test('keeps the focus when its row changes, and moves it to the list when the row goes', async () => {
    await open('Lake');
    await chatLink(page, 'Hills').focus();
    await scene.say(boris, hills, 'Or the hills?');
    await chatLink(page, 'Hills .*Or the hills').waitFor();
    await expect.poll(() => page.locator(':focus').innerText()).toContain('Or the hills?');

    await refuseMessages(page, { code: 'invalid_input' });
    await page.reload();
    await open('Lake');
    await say(page, 'Refused');
    await button(page, 'Try again').press('Enter');
    await page.locator('.mine:not(.outgoing)', { hasText: 'Refused' }).waitFor();
    await expect.poll(() => page.locator(':focus').getAttribute('role')).toBe('log');
  });

  test('has an accessible dialog', async () => {
    await startChat(page, 'New group');
    await page.getByRole('dialog', { name: 'New group' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  });

  test('ignores a late answer for a chat that is closed', async () => {
    await open('Forest');
    const { held, letGo } = await holdBack(page, /\/groups\/[^/]+$/);
    await open('Lake');
    await held;
    await chatLink(page, 'Forest').click();
    await page.getByRole('heading', { name: 'Forest', level: 2 }).waitFor();
    await letGo();
    await expect.poll(() => chatLink(page, 'Forest').innerText()).toMatch(/Anna.? created the group$/);
  });

  test('opens one socket when the language changes while the chats load', async () => {
    await open('Lake');
    const { held, letGo } = await holdBack(page, /\/chats$/);
    // Before the reload: the page opens its socket while the chats load.
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await page.reload();
    await held;
    for (const language of ['Русский', 'English'] as const) await chooseLanguage(page, language);
    await letGo();
    await connected(page).waitFor();
    expect(sockets).toHaveLength(1);
  });

  test('says why a user was removed or blocked, and fails their messages at once', async () => {
    const groupId = await scene.newGroup('Closed', boris, anna);
    const directId = await scene.newDirect(boris, anna);
    await open('Closed');
    await scene.post(`/groups/${groupId}/members/${anna.user.id}`, boris, {}, 'DELETE');
    await page.getByText('You are no longer in this chat.').waitFor();
    await say(page, 'Why?');
    await log(page).getByText('Not sent. You are no longer in this chat.').waitFor();
    await open('Boris');
    await scene.say(boris, directId, 'Good bye');
    await log(page).getByText('Good bye').waitFor();
    await scene.post(`/users/${anna.user.id}/block`, boris, {}, 'PUT');
    await say(page, 'Why this?');
    await page.locator('.chat header').getByText("You can't message or add this user.").waitFor();
    await log(page).getByText("Not sent. You can't message or add this user.").waitFor();
  });

  test('creates one account when the button is pressed twice', async () => {
    const visitor = await scene.visit();
    const sent: string[] = [];
    visitor.page.on('request', (request) => request.url().endsWith('/auth/register') && sent.push(request.url()));
    await fillAccount(visitor.page, { email: 'twice@example.com' });
    await button(visitor.page, 'Create an account').dblclick();
    await visitor.page.getByText('No chats yet').waitFor();
    expect(sent).toHaveLength(1);
  });
});
