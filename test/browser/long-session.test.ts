import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { sizeOf } from '../bench/page/size.ts';
import { findChromium } from './chromium.ts';
import { makeLong } from './long-chat.ts';
import { button, connected, type Person, useScene } from './scene.ts';

/** A page that shows a long chat, or stays open for long, does not grow. */

/** More rows are never on the page: as many as the list keeps, with one that is on its way. */
const maxRows = 301;

describe.skipIf(!findChromium())('a long session', () => {
  const scene = useScene();
  let people: Person[];

  beforeAll(async () => {
    people = await Promise.all(['Anna', 'Boris', 'Vera'].map((name) => scene.newPerson(name)));
  });

  /** Opens a chat of so many messages. */
  async function openLong(length: number) {
    const [anna, ...others] = people as [Person, ...Person[]];
    const chatId = await scene.newGroup('Long', anna, ...others);
    const { page } = await scene.visit(anna);
    const long = await makeLong(
      page,
      chatId,
      others.map(({ user }) => user),
      length,
    );
    await page.goto(`/#chat=${chatId}`);
    await page.reload();
    await page.locator(`[data-seq="${length}"]`).waitFor();
    // What comes before the socket is there is lost.
    await connected(page).waitFor();
    return { page, long };
  }

  const list = (page: Page) => page.locator('.messages');
  const seqsIn = (page: Page): Promise<number[]> =>
    page.evaluate(`[...document.querySelectorAll('.messages [data-seq]')].map((row) => Number(row.dataset.seq))`);
  const expectWhole = (seqs: number[]) => {
    expect(seqs).toEqual(seqs.map((_, n) => (seqs[0] ?? 0) + n));
    expect(seqs.length).toBeLessThanOrEqual(maxRows);
  };

  /** Scrolls to an end, and returns the messages on the page when others have come there. */
  async function scrollTo(page: Page, end: 'top' | 'bottom', before: number[]): Promise<number[]> {
    await list(page).evaluate((element, to) => element.scrollTo(0, to === 'top' ? 0 : element.scrollHeight), end);
    const n = end === 'top' ? 0 : -1;
    await expect.poll(async () => (await seqsIn(page)).at(n)).not.toBe(before.at(n));
    return seqsIn(page);
  }

  test('scrolls through all messages and back with some hundred rows', async () => {
    const { page } = await openLong(800);
    const met = new Set<number>();
    let seqs = await seqsIn(page);
    while (seqs[0] !== 1) {
      for (const seq of seqs) met.add(seq);
      seqs = await scrollTo(page, 'top', seqs);
      expectWhole(seqs);
    }
    expect(met.size).toBeGreaterThan(700);
    while (seqs.at(-1) !== 800) {
      seqs = await scrollTo(page, 'bottom', seqs);
      expectWhole(seqs);
    }
    await list(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect.poll(() => button(page, /^To the newest message/).count()).toBe(0);
  });

  test('keeps what one reads in its place while others come in above, and go below', async () => {
    const { page } = await openLong(800);
    for (let times = 0; times < 8; times++) {
      const seqs = await seqsIn(page);
      const row = page.locator(`[data-seq="${seqs[2]}"]`);
      const topOf = () => row.evaluate((element) => element.getBoundingClientRect().top);
      // At once, before the older messages are there.
      const before = await row.evaluate((element) => {
        element.parentElement?.scrollTo(0, 40);
        return element.getBoundingClientRect().top;
      });
      await expect.poll(async () => (await seqsIn(page))[0]).not.toBe(seqs[0]);
      expect(Math.abs((await topOf()) - before)).toBeLessThan(2);
    }
    expectWhole(await seqsIn(page));
  });

  test('follows the end for hours without growing', async () => {
    const { page, long } = await openLong(400);
    const session = await page.context().newCDPSession(page);
    const receive = async (count: number) => {
      long.receive(count);
      await page.locator(`[data-seq="${long.last}"]`).waitFor({ timeout: 60_000 });
      expectWhole(await seqsIn(page));
      return sizeOf(session);
    };
    const early = await receive(350);
    const late = await receive(350);
    expect(late.listeners).toBeLessThanOrEqual(early.listeners * 1.05);
    expect(late.nodes).toBeLessThanOrEqual(early.nodes * 1.05);
  });

  test('keeps its place and the focus while many messages come in, and counts them', async () => {
    const { page, long } = await openLong(400);
    await list(page).evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
    const row = page.locator('[data-seq="376"]');
    await row.focus();
    await row.scrollIntoViewIfNeeded();
    const before = (await row.boundingBox())?.y ?? 0;
    long.receive(350);
    await button(page, 'To the newest message: 350 unread messages').waitFor({ timeout: 60_000 });
    expect(Math.abs(((await row.boundingBox())?.y ?? 0) - before)).toBeLessThan(2);
    await expect.poll(() => row.evaluate((element) => element.matches(':focus'))).toBe(true);
    expectWhole(await seqsIn(page));
    await button(page, /^To the newest message/).click();
    await page.locator('[data-seq="750"]').waitFor();
    await expect.poll(() => button(page, /^To the newest message/).count()).toBe(0);
  });
});
