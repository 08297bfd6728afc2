import type { Page, WebSocket } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium, type Visitor } from './chromium.ts';
import { openChat } from './messages.ts';
import { box, button, chatLink, connected, log, type Person, say, setHidden, useScene } from './scene.ts';
import { chooseLanguage, loadAll, openSettings } from './settings.ts';

/** One connection for all chats, and what it makes of the list. */

describe.skipIf(!findChromium())('the inbox of the web client', () => {
  const scene = useScene();
  let [anna, boris] = [] as unknown as [Person, Person];
  let [hills, lake] = ['', ''];
  let page: Page;
  let network: Visitor['network'];

  beforeEach(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    [hills, lake] = [await scene.newGroup('Hills', boris, anna), await scene.newGroup('Lake', boris, anna)];
    for (const chatId of [hills, lake]) await scene.post(`/chats/${chatId}/read`, anna, { seq: 1 });
    ({ page, network } = await scene.visit(anna));
    await chatLink(page, 'Lake').waitFor();
  });

  const names = () => page.locator('.chats strong').allInnerTexts();
  const unreadOf = (name: string) => chatLink(page, name).getByRole('img', { name: /unread message/ });
  const header = (on: Page) => on.locator('.chat header small').first();

  /** The sockets that the page opens from now on, and the frames and requests that it sends. */
  function watch(on: Page) {
    const sockets: WebSocket[] = [];
    const frames: { type: string; chatId?: string }[] = [];
    const requests: string[] = [];
    on.on('websocket', (socket) => {
      sockets.push(socket);
      socket.on('framesent', ({ payload }) => frames.push(JSON.parse(String(payload))));
    });
    on.on('request', (request) => {
      const { pathname } = new URL(request.url());
      // The page loads the scripts of its other views by and by.
      if (!pathname.startsWith('/_local/')) requests.push(`${request.method()} ${pathname}`);
    });
    const clear = () => {
      for (const list of [sockets, frames, requests]) list.length = 0;
    };
    return { sockets, frames, requests, clear };
  }

  /** Waits until frames arrive and no request is under way. */
  async function live(): Promise<void> {
    const pins = page.waitForResponse(/pins$/);
    await openChat(page, 'Hills');
    await (await pins).finished();
    await page.goto('/#');
    await page.getByText('Choose a chat').waitFor();
  }

  test('is one WebSocket, however many chats are opened', async () => {
    await openChat(page, 'Lake');
    const { sockets } = watch(page);
    await page.reload();
    for (const name of ['Lake', 'Hills', 'Lake']) await openChat(page, name);
    await scene.say(boris, lake, 'In the lake');
    await log(page).getByText('In the lake').waitFor();
    expect(sockets.map((socket) => new URL(socket.url()).pathname)).toEqual(['/ws/inbox']);
  });

  test('a message moves its chat to the top, with its text and its count, and without a request', async () => {
    await live();
    const { requests } = watch(page);
    await expect.poll(names).toEqual(['Lake', 'Hills']);
    await scene.say(boris, hills, 'Hills or lake?');
    await chatLink(page, 'Hills').getByText('Hills or lake?').waitFor();
    await expect.poll(names).toEqual(['Hills', 'Lake']);
    await unreadOf('Hills').getByText('1').waitFor();
    const { message } = await scene.post(`/chats/${hills}/messages`, boris, {
      content: '@Anna?',
      mentions: [anna.user.id],
    });
    await chatLink(page, 'Hills').getByRole('img', { name: '1 mention of you' }).waitFor();
    await unreadOf('Hills').getByText('2').waitFor();
    await expect.poll(() => page.title()).toBe('(2) Group chat');
    expect(requests).toEqual([]);
    // Only the server knows which mentions are left.
    await scene.post(`/chats/${hills}/messages/${message.id}`, boris, { content: 'Lake!' }, 'PATCH');
    await chatLink(page, 'Hills').getByText('Lake!').waitFor();
    await scene.post(`/chats/${hills}/messages/${message.id}`, boris, undefined, 'DELETE');
    await chatLink(page, 'Hills').getByText('Message deleted').waitFor();
    await chatLink(page, 'Hills').getByRole('img', { name: '1 mention of you' }).waitFor({ state: 'detached' });
    // On another device.
    await scene.post(`/chats/${hills}/read`, anna, { seq: 3 });
    await unreadOf('Hills').waitFor({ state: 'detached' });
    await expect.poll(() => page.title()).toBe('Group chat');
    expect(new Set(requests)).toEqual(new Set([`GET /chats/${hills}`]));
  });

  test('shows what happens to a chat: a new one, a new name, a place in the list, a removal', async () => {
    await live();
    const forest = await scene.newGroup('Forest', boris, anna);
    await chatLink(page, 'Forest').waitFor();
    await scene.post(`/groups/${forest}`, boris, { name: 'Wood' }, 'PATCH');
    await chatLink(page, 'Wood').waitFor();
    await scene.post(`/chats/${lake}/place`, anna, { pinned: true }, 'PUT');
    await expect.poll(names).toEqual(['Lake', 'Wood', 'Hills']);
    await scene.post(`/groups/${forest}/members/${anna.user.id}`, boris, {}, 'DELETE');
    await chatLink(page, 'Wood').waitFor({ state: 'detached' });
    await scene.post(`/groups/${forest}/members`, boris, { userIds: [anna.user.id] });
    await chatLink(page, 'Wood').waitFor();
  });

  test('a chat from which the user is removed says so while it is open, and works again when they are back', async () => {
    await openChat(page, 'Lake');
    await scene.post(`/groups/${lake}/members/${anna.user.id}`, boris, {}, 'DELETE');
    await page.getByText('You are no longer in this chat.').waitFor();
    await chatLink(page, 'Lake').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Lake', level: 2 }).waitFor();
    await scene.post(`/groups/${lake}/members`, boris, { userIds: [anna.user.id] });
    await connected(page).waitFor();
    await say(page, 'Here again');
    await page.locator('.mine:not(.outgoing)', { hasText: 'Here again' }).waitFor();
  });

  test('coming back asks for all numbers once, and loads only the chats that differ', async () => {
    await openChat(page, 'Lake');
    const { frames, requests, sockets, clear } = watch(page);
    const comeBack = async () => {
      clear();
      await page.clock.runFor(1);
      network.restore();
      await connected(page).waitFor();
      await expect.poll(() => requests.filter((path) => path.endsWith('/presence'))).toHaveLength(1);
      expect(requests.filter((path) => path === 'GET /chats/unread')).toHaveLength(1);
      expect(requests).not.toContain('GET /chats');
      expect(sockets.length).toBeGreaterThan(0);
      return frames.filter(({ type }) => type === 'sync').map(({ chatId }) => chatId);
    };
    network.cut();
    await page.getByText('Reconnecting').waitFor();
    await scene.say(boris, hills, 'Missed in the hills');
    expect(await comeBack()).toEqual([]);
    await unreadOf('Hills').getByText('1').waitFor();
    await chatLink(page, 'Hills').getByText('Missed in the hills').waitFor();
    expect(requests.filter((path) => path.startsWith('GET /chats/') && !path.startsWith(`GET /chats/${lake}`))).toEqual(
      ['GET /chats/unread', `GET /chats/${hills}`],
    );
    network.cut();
    await page.getByText('Reconnecting').waitFor();
    await scene.say(boris, lake, 'Missed in the lake');
    expect(await comeBack()).toEqual([lake]);
    await log(page).getByText('Missed in the lake').waitFor();
    expect(requests).not.toContain(`GET /chats/${hills}`);
    expect(requests).not.toContain(`GET /chats/${lake}/messages`);
  });

  test('shows who is typing, in the chat and in the list, until their message comes or they stop', async () => {
    const other = (await scene.visit(boris)).page;
    await openChat(other, 'Lake');
    await openChat(page, 'Hills');
    const { frames } = watch(other);
    await other.reload();
    await openChat(other, 'Lake');
    await loadAll(page);
    // What takes a busy machine long is no time for those who type and read.
    for (const one of [page, other]) await one.clock.pauseAt(Date.now() + 60_000);
    await box(other).pressSequentially('Hello');
    const inList = chatLink(page, 'Lake').getByText('is typing');
    await expect.poll(() => inList.innerText()).toBe('\u2068Boris\u2069 is typing');
    await openChat(page, 'Lake');
    await header(page)
      .getByText(/Boris.? is typing/)
      .waitFor();
    await chooseLanguage(page, 'Русский');
    await header(page)
      .getByText(/Boris.? печатает/)
      .waitFor();
    await chooseLanguage(page, 'English');
    await page.clock.resume();
    await expectAccessible(page);
    await say(other, 'Hello!');
    await log(page).getByText('Hello!').waitFor();
    await header(page).getByText('is typing').waitFor({ state: 'detached' });
    // One frame for the whole word, one for the text that was sent in its place: the user had begun anew by then.
    expect(frames.filter(({ type }) => type === 'typing')).toHaveLength(1);
    await box(other).pressSequentially('And');
    await expect.poll(() => frames.filter(({ type }) => type === 'typing').length).toBe(2);
  });

  test('somebody who has stopped typing is not shown for long', async () => {
    await openChat(page, 'Lake');
    const other = (await scene.visit(boris)).page;
    await openChat(other, 'Lake');
    await box(other).pressSequentially('H');
    await header(page).getByText('is typing').waitFor();
    await page.clock.fastForward(12_000);
    await header(page).getByText('2 participants').waitFor();
  });

  test('a direct chat says whether the other person is online or when they were, unless one of the two hides it', async () => {
    const chatId = await scene.newDirect(boris, anna);
    await scene.say(boris, chatId, 'Hello');
    const presence = page.waitForResponse(/\/presence$/);
    await openChat(page, 'Boris');
    await (await presence).finished();
    await expect.poll(() => header(page).innerText()).toMatch(/^(Direct chat|last seen 1 minute ago)$/);
    const other = await scene.visit(boris);
    await openChat(other.page, 'Anna');
    await page.clock.fastForward(60_000);
    await header(page).getByText('online', { exact: true }).waitFor();
    await openChat(page, 'Lake');
    await header(page).getByText('2 participants, 2 online').waitFor();
    await openChat(page, 'Boris');
    await header(page).getByText('online', { exact: true }).waitFor();
    await other.page.context().close();
    // The page asks at once when its user returns.
    const askAgain = async () => {
      const answered = page.waitForResponse(/\/presence$/);
      await setHidden(page, false);
      await (await answered).finished();
      return header(page).innerText();
    };
    await expect.poll(askAgain).toMatch(/^last seen \d+ minutes? ago$/);
    await openSettings(page, 'Privacy');
    const shows = page.getByRole('switch', { name: 'Show when I was last seen' });
    await expect.poll(() => shows.getAttribute('aria-checked')).toBe('true');
    await expectAccessible(page);
    await shows.press('Enter');
    await page.locator('.chat header').getByText('Direct chat').waitFor();
    expect((await scene.get('/users/me', anna)).user.showLastSeen).toBe(false);
    await page.reload();
    await expect.poll(() => shows.getAttribute('aria-checked')).toBe('false');
  });

  test('all chats are marked as read by the keyboard', async () => {
    for (const chatId of [hills, lake]) await scene.say(boris, chatId, 'Hello');
    await expect.poll(() => page.title()).toBe('(2) Group chat');
    await button(page, 'More').press('Enter');
    await expect.poll(() => page.locator(':focus').innerText()).toBe('Mark all chats as read');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.title()).toBe('Group chat');
    for (const name of ['Hills', 'Lake']) await unreadOf(name).waitFor({ state: 'detached' });
    await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toBe('More');
    expect((await scene.get('/chats/unread', anna)).total).toBe(0);
  });
});
