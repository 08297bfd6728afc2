import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from './chromium.ts';
import { box, chatLink, type Person, useScene } from './scene.ts';

/** What a browser keeps of the web client, and what it loads before it shows something. */

describe.skipIf(!findChromium())('the web client as an application', () => {
  const scene = useScene();
  let anna: Person;

  beforeAll(async () => {
    anna = await scene.newPerson('Anna');
    await scene.newGroup('Lake', anna);
  });

  /** A page whose service worker has kept what it needs. */
  async function visitInstalled(person?: Person) {
    const visitor = await scene.visit(person, { serviceWorkers: 'allow' });
    await visitor.page.evaluate('navigator.serviceWorker.ready');
    await expect.poll(() => visitor.page.evaluate('navigator.serviceWorker.controller?.state')).toBe('activated');
    return visitor;
  }

  const keptPaths = async (page: Page): Promise<string[]> => {
    const urls: string[] = await page.evaluate(`(async () => {
      const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return kept.flat().map(({ url }) => url);
    })()`);
    return urls.map((url) => new URL(url).pathname);
  };

  test('opens without a network, with what the user has not sent', async () => {
    const { page, network } = await visitInstalled(anna);
    await chatLink(page, 'Lake').click();
    await box(page).fill('Not yet');
    network.cut();
    await page.reload();
    await page.getByRole('heading', { name: 'Anna' }).waitFor();
    network.restore();
    await expect.poll(() => box(page).inputValue()).toBe('Not yet');
  });

  test('asks to sign in without a network', async () => {
    const { page, network } = await visitInstalled();
    network.cut();
    await page.reload();
    await page.getByRole('textbox', { name: 'Email' }).waitFor();
  });

  test('opens while the network is there and nothing comes back', async () => {
    const { page, network } = await visitInstalled();
    network.loseAnswers();
    await page.reload({ waitUntil: 'commit' });
    await page.getByRole('textbox', { name: 'Email' }).waitFor();
  });

  test('keeps the page and its files, and nothing that the server says about people', async () => {
    const { page } = await visitInstalled(anna);
    await chatLink(page, 'Lake').click();
    await page.locator('.messages [data-seq="1"]').waitFor();
    const paths = await keptPaths(page);
    expect(paths).toContain('/');
    expect(paths.filter((path) => path !== '/' && !path.startsWith('/_local/playground/'))).toEqual([]);
  });

  test('asks the server for the page each time, and deletes what earlier versions have kept', async () => {
    const { page } = await visitInstalled();
    await page.evaluate(`(async () => {
      await caches.open('shell-of-before');
      await caches.open('of something else');
      await (await navigator.serviceWorker.getRegistration()).unregister();
    })()`);
    await page.reload();
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller?.state')).toBe('activated');
    const names = (await page.evaluate('caches.keys()')) as string[];
    expect(names).not.toContain('shell-of-before');
    expect(names).toContain('of something else');
    const asked = page.context().waitForEvent('request', (request) => request.serviceWorker() !== null);
    await page.reload();
    expect(new URL((await asked).url()).pathname).toBe('/');
  });

  test.each(['signed out', 'signed in'])(
    'loads at most 100 KB of script before it shows something: %s',
    async (state) => {
      const { page } = await scene.visit(state === 'signed in' ? anna : undefined);
      await page.reload();
      // An observer, because the clock of the tests hides what else the browser has measured.
      const [paint, files] = (await page.evaluate(`new Promise((resolve) => {
      const files = [];
      let paint;
      const observer = new PerformanceObserver((list) => {
        for (const { entryType, name, startTime, encodedBodySize } of list.getEntries()) {
          if (entryType === 'resource') files.push({ name, startTime, encodedBodySize });
          else if (name === 'first-contentful-paint') paint = startTime;
        }
        if (paint && files.length > 0) resolve([paint, files]);
      });
      observer.observe({ type: 'resource', buffered: true });
      observer.observe({ type: 'paint', buffered: true });
    })`)) as [number, { name: string; startTime: number; encodedBodySize: number }[]];
      const scripts = files.filter(({ name, startTime }) => /\.js$/.test(new URL(name).pathname) && startTime < paint);
      const bytes = scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
      console.log(`${bytes.toLocaleString('en')} bytes of compressed script before the first paint, ${state}`);
      expect(bytes).toBeGreaterThan(10_000);
      expect(bytes).toBeLessThanOrEqual(100_000);
    },
  );
});
