import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultKinds, RandomChaos } from '../../infra/local/aws/chaos.ts';
import { findChromium } from './chromium.ts';
import { startChat } from './entry.ts';
import { answer, bubbles, chatLink, connected, type Person, Scene, say } from './scene.ts';
import { chooseLanguage } from './settings.ts';

/** The web client and a server with `--chaos=12`: with this seed each fault strikes early. */

const chaos = new RandomChaos(12, () => {});

/** What the browser logs about refusals that the page handles, besides those of every test. */
const refusals = /status of (429|500|503)/;

describe.skipIf(!findChromium())('the web client under chaos', () => {
  const scene = new Scene();
  let anna: Person;
  let boris: Person;
  beforeAll(async () => {
    await scene.start('of the runner', { chaos });
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    await scene.newGroup('Weekend', anna, boris);
  });
  afterAll(() => scene.end());

  /** Keeps what the lines of a page's chat say: the connection, and what is below the user's own messages on their way. */
  const watch = (page: Page) =>
    page.evaluate(`
      globalThis.seen = new Set();
      const look = () => document.querySelectorAll('.chat header [role=status], .outgoing .unseen')
        .forEach(({ textContent }) => seen.add(textContent));
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    `);

  test('two people see each of a hundred messages once and in the same order', async () => {
    const pages = [(await scene.visit(anna)).page, (await scene.visit(boris)).page] as const;
    const broken = new Map(pages.map((page) => [page, 0]));
    for (const page of pages) {
      page.on('websocket', (socket) => socket.on('close', () => broken.set(page, (broken.get(page) ?? 0) + 1)));
      // Playwright reports only sockets that open after the listener is there.
      await page.reload();
      await chatLink(page, 'Weekend').click();
      await connected(page).waitFor();
      broken.set(page, 0);
      await watch(page);
    }
    chaos.begin();
    const sent = ['Anna', 'Boris'].map((name) => Array.from({ length: 50 }, (_, n) => `${name} says ${n}`));
    const type = async (page: Page, contents: string[] = []) => {
      for (const content of contents) await say(page, content);
    };
    await Promise.all(pages.map((page, who) => type(page, sent[who])));
    // Nobody sends files here: test/e2e/chaos.test.ts does.
    const kinds = Object.keys(faultKinds).filter((kind) => !kind.startsWith('storage'));
    await expect.poll(() => [...chaos.counts.keys()].sort(), { timeout: 120_000 }).toEqual(kinds.sort());
    // From here on nothing fails, so that the rest must arrive.
    chaos.end();
    for (const page of pages) await page.locator('.outgoing').first().waitFor({ state: 'detached', timeout: 120_000 });

    const [annas, boriss] = pages;
    for (const page of pages) {
      await connected(page).waitFor();
      await expect.poll(() => bubbles(page).count(), { timeout: 60_000 }).toBe(100);
    }
    const contents = await bubbles(annas).allInnerTexts();
    await expect.poll(() => bubbles(boriss).allInnerTexts()).toEqual(contents);
    for (const [who, name] of ['Anna', 'Boris'].entries())
      expect(contents.filter((content) => content.startsWith(name))).toEqual(sent[who]);
    for (const page of pages) {
      const seen = await page.evaluate<string[]>('[...seen]');
      expect(seen).toEqual(expect.arrayContaining(['Sending', 'Waiting to be sent']));
      // Whose socket breaks is chance.
      expect(seen.includes('Reconnecting')).toBe((broken.get(page) ?? 0) > 0);
      expect(seen.filter((text) => text.startsWith('Not sent'))).toEqual([]);
    }
    expect([...broken.values()].some((times) => times > 0)).toBe(true);
    expect(scene.complaints().filter((complaint) => !refusals.test(complaint))).toEqual([]);
  }, 300_000);

  /** API Gateway answers instead of the backend, this many times; returns how often it was asked. */
  async function refuse(page: Page, path: RegExp, { status, message, times }: Refusal): Promise<() => number> {
    let asked = 0;
    await page.route(path, (route: Route) => {
      const refused = { status, contentType: 'application/json', body: JSON.stringify({ message }) };
      return ++asked > times ? route.continue() : route.fulfill(refused);
    });
    return () => asked;
  }

  test('says in the language of the page that the server is overloaded, and loads the list again', async () => {
    const { page } = await scene.visit(anna);
    const path = /\/chats$/;
    await refuse(page, path, { status: 503, message: 'Service Unavailable', times: Number.POSITIVE_INFINITY });
    await page.reload();
    await page.getByText('Loading…').waitFor();
    await page.getByRole('alert').getByText('The server is overloaded or temporarily unavailable.').waitFor();
    await chooseLanguage(page, 'Русский');
    await page.getByRole('alert').getByText('Сервер перегружен или временно недоступен.').waitFor();
    await page.getByText('Загрузка…').waitFor();
    await page.unroute(path);
    await chatLink(page, 'Weekend').waitFor();
    await expect.poll(() => page.getByText('Загрузка…').count()).toBe(0);
  });

  test('repeats an action that API Gateway throttles; if that fails too, it says so and can be pressed again', async () => {
    const { page } = await scene.visit(anna);
    const asked = await refuse(page, /\/groups$/, { status: 429, message: 'Too Many Requests', times: 5 });
    await startChat(page, 'New group');
    await answer(page, 'Group name', 'Hills');
    await page.getByRole('alert').getByText('Too many requests. Try again later.').waitFor();
    expect(asked()).toBe(4);
    await answer(page, 'Group name', 'Hills');
    await page.getByRole('heading', { name: 'Hills', level: 2 }).waitFor();
    expect(asked()).toBe(6);
    await expect.poll(() => chatLink(page, 'Hills').count()).toBe(1);
  });
});

interface Refusal {
  status: number;
  message: string;
  times: number;
}
