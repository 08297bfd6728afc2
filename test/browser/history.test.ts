import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { desktop, findChromium } from './chromium.ts';
import { chatLink, connected, holdBack, log, type Person, say, useScene } from './scene.ts';

/** A chat with more messages than fit on one page of the API. */

describe.skipIf(!findChromium())('a long history', () => {
  const scene = useScene();
  let crowd: Person[];
  let chatId: string;
  let page: Page;

  beforeAll(async () => {
    crowd = await Promise.all(Array.from({ length: 8 }, (_, n) => scene.newPerson(`Guest ${n}`)));
    const [first, ...others] = crowd as [Person, ...Person[]];
    chatId = await scene.newGroup('Crowd', first, ...others);
    const texts = crowd.flatMap((person) => Array.from({ length: 10 }, (_, n) => ({ person, text: `It says ${n}` })));
    await Promise.all(texts.map(({ person, text }) => scene.say(person, chatId, text)));
    await scene.post('/chats/read-all', first, {});
    ({ page } = await scene.visit(first));
  });

  const rows = () => page.locator('.messages [data-seq]');
  /** A function that tells how many pixels the nth of the loaded messages has moved. */
  const follow = async (n: number) => {
    const row = page.locator(`.messages [data-seq="${await rows().nth(n).getAttribute('data-seq')}"]`);
    const top = async () => (await row.boundingBox())?.y ?? 0;
    const before = await top();
    return async () => Math.abs((await top()) - before);
  };
  const olderAreLoaded = () => expect.poll(() => rows().count()).toBeGreaterThan(70);

  /** Shows the messages with which a chat opens, and no more. */
  beforeEach(async () => {
    await page.goto('/');
    // The last of the requests with which a chat opens.
    const pins = page.waitForResponse(/pins$/);
    await chatLink(page, 'Crowd').click();
    await connected(page).waitFor();
    await (await pins).finished();
    await expect.poll(() => rows().count()).toBe(25);
  });

  test('loads older messages and keeps the visible ones in place', async () => {
    const { held, letGo } = await holdBack(page, /before=/);
    await page.locator('.messages').evaluate((list) => list.scrollTo(0, 100));
    await held;
    const moved = await follow(3);
    await letGo();
    await olderAreLoaded();
    expect(await moved()).toBeLessThan(5);
    await page.locator('.messages').evaluate((list) => list.scrollTo(0, 0));
    await page.locator('.messages [data-seq="1"]').waitFor();
  });

  test('does not move when a message arrives while older ones load', async () => {
    const { held, letGo } = await holdBack(page, /before=/);
    await page.locator('.messages').evaluate((list) => list.scrollTo(0, 100));
    await held;
    const moved = await follow(3);
    await scene.say(crowd[1] as Person, chatId, 'A live one');
    await log(page).getByText('A live one').waitFor({ state: 'attached' });
    expect(await moved()).toBeLessThan(5);
    await letGo();
    await olderAreLoaded();
    expect(await moved()).toBeLessThan(5);
  });

  test('loads older messages when those with which a chat opens do not fill the screen', async () => {
    const { page: tall } = await scene.visit(crowd[0], { viewport: { ...desktop, height: 8000 } });
    await chatLink(tall, 'Crowd').click();
    await tall.locator('.messages [data-seq="1"]').waitFor();
  });

  test('asks for the chat in the address without waiting for the list of chats', async () => {
    const { held, letGo } = await holdBack(page, /\/chats$/);
    const asked = page.waitForRequest(/\/messages\?limit=25$/);
    await page.reload();
    await Promise.all([held, asked]);
    const others: string[] = [];
    page.on('request', (request) => others.push(request.url()));
    await letGo();
    await connected(page).waitFor();
    expect(others.filter((url) => url.includes('/messages?'))).toEqual([]);
  });

  test('creates and formats one row when a message arrives', async () => {
    await page.evaluate(`
      const { messages, DateTimeFormat } = { messages: document.querySelector('.messages'), ...Intl };
      globalThis.made = { rows: 0, formatters: 0, formatted: 0 };
      const { format } = Object.getOwnPropertyDescriptors(DateTimeFormat.prototype);
      Object.defineProperty(DateTimeFormat.prototype, 'format', { get() { made.formatted++; return format.get.call(this); } });
      Intl.DateTimeFormat = new Proxy(DateTimeFormat, { construct(target, given) { made.formatters++; return new target(...given); } });
      const count = (changes) => { for (const { addedNodes } of changes) made.rows += addedNodes.length; };
      new MutationObserver(count).observe(messages, { childList: true, subtree: true });
    `);
    await scene.say(crowd[1] as Person, chatId, 'One more');
    await log(page).getByText('One more').waitFor();
    // The time in the row and in what a screen reader says of it, in those of the row before, and in the list of chats.
    await expect.poll(() => page.evaluate('made')).toEqual({ rows: 1, formatters: 0, formatted: 5 });
  });

  test('shows a message that the user sends while reading older ones', async () => {
    await page.locator('.messages').evaluate((list) => list.scrollTo(0, 100));
    await say(page, 'From further up');
    await log(page).getByText('From further up').waitFor();
    const fromEnd = await page
      .locator('.messages')
      .evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
    expect(fromEnd).toBeLessThan(5);
    // Stored, so that the next page that is loaded has it.
    await rows().getByText('From further up').waitFor();
  });

  test('does not follow a new message while the user reads older ones', async () => {
    await page.locator('.messages').evaluate((list) => list.scrollTo(0, 100));
    await olderAreLoaded();
    const moved = await follow(60);
    await scene.say(crowd[2] as Person, chatId, 'Further down');
    await log(page).getByText('Further down').waitFor({ state: 'attached' });
    expect(await moved()).toBeLessThan(5);
  });
});
