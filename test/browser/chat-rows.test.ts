import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium, type Visitor } from './chromium.ts';
import { openChat } from './messages.ts';
import { box, chatLink, connected, type Person, say, useScene } from './scene.ts';

/** What the list of chats says about each. */

describe.skipIf(!findChromium())('a row of the list of chats', () => {
  const scene = useScene();
  let [anna, boris] = [] as unknown as [Person, Person];
  let lake: string;
  let page: Page;
  let network: Visitor['network'];

  beforeEach(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    await scene.newGroup('Hills', anna, boris);
    lake = await scene.newGroup('Lake', anna, boris);
    ({ page, network } = await scene.visit(anna));
  });

  test('shows what is not sent yet, once the chat is left', async () => {
    await openChat(page, 'Lake');
    await box(page).fill('Half a message');
    await chatLink(page, 'Hills').click();
    await chatLink(page, 'Lake').getByText('Draft: Half a message').waitFor();
    await expectAccessible(page);
    await openChat(page, 'Lake');
    await expect.poll(() => page.getByText('Draft:').count()).toBe(0);
  });

  test('says whether others have read the user’s own message', async () => {
    await openChat(page, 'Lake');
    await say(page, 'Hello');
    await chatLink(page, 'Lake').getByRole('img', { name: 'Sent' }).waitFor();
    await chatLink(page, 'Hills').click();
    await chatLink(page, 'Lake').getByRole('img', { name: 'Sent' }).waitFor();
    const { chat } = await scene.get(`/chats/${lake}`, boris);
    await scene.post(`/chats/${lake}/read`, boris, { seq: chat.lastSeq });
    await chatLink(page, 'Lake').getByRole('img', { name: 'Read', exact: true }).waitFor();
    await scene.say(boris, lake, 'Hi');
    await chatLink(page, 'Lake').getByText('Hi').waitFor();
    await expect.poll(() => chatLink(page, 'Lake').getByRole('img', { name: 'Read', exact: true }).count()).toBe(0);
  });

  test('says nothing about who has read a message when its chat is left without a connection', async () => {
    const read = chatLink(page, 'Lake').getByRole('img', { name: 'Read', exact: true });
    await openChat(page, 'Lake');
    await say(page, 'Hello');
    await chatLink(page, 'Lake').getByRole('img', { name: 'Sent' }).waitFor();
    const { chat } = await scene.get(`/chats/${lake}`, boris);
    await scene.post(`/chats/${lake}/read`, boris, { seq: chat.lastSeq });
    await read.waitFor();
    network.cut();
    await connected(page).waitFor({ state: 'detached' });
    await chatLink(page, 'Hills').click();
    await page.getByRole('heading', { name: 'Hills', level: 2 }).waitFor();
    expect(await read.count()).toBe(0);
  });

  test('is below a line that says when there is no connection, unless the open chat says it', async () => {
    const line = page.getByRole('navigation', { name: 'Chats' }).getByText('Reconnecting');
    await chatLink(page, 'Lake').waitFor();
    network.cut();
    await line.waitFor();
    await expectAccessible(page);
    await chatLink(page, 'Lake').click();
    await page.locator('.chat header').getByText('Reconnecting').waitFor();
    await line.waitFor({ state: 'detached' });
    await page.goBack();
    await line.waitFor();
    network.restore();
    await line.waitFor({ state: 'detached' });
  });

  test('puts a dot on the logo in the tab while a message is unread', async () => {
    const logo = () => page.locator('link[rel="icon"]').getAttribute('href');
    await chatLink(page, 'Hills').click();
    await expect.poll(logo).toMatch(/logo\.svg/);
    await scene.say(boris, lake, 'Hello');
    await expect.poll(logo).toMatch(/logo-unread\.svg/);
    await openChat(page, 'Lake');
    await expect.poll(logo).toMatch(/\/logo\.svg/);
  });

  test('says that the other person is online, of the direct chat that is open', async () => {
    await scene.say(boris, await scene.newDirect(anna, boris), 'Hello');
    const { page: his } = await scene.visit(boris);
    await openChat(his, 'Anna');
    await connected(his).waitFor();
    await openChat(page, 'Boris');
    await page.locator('.chat header').getByText('online', { exact: true }).waitFor();
    await chatLink(page, 'Boris').getByRole('img', { name: 'online' }).waitFor();
  });
});
