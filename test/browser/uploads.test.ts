import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { findChromium, type Visitor } from './chromium.ts';
import { chooseFiles, newPicture, numberOf, ready, shownWidth, textFile } from './files.ts';
import { openChat } from './messages.ts';
import { bubbles, button, connected, holdBack, log, type Person, returnTo, say, useScene } from './scene.ts';

/** Messages whose files are on their way. */

describe.skipIf(!findChromium())('uploads', () => {
  const scene = useScene();
  let anna: Person;
  let chatId: string;
  let page: Page;
  let network: Visitor['network'];
  const bucket = /_local\/s3/;

  beforeEach(async () => {
    anna = await scene.newPerson('Anna');
    chatId = await scene.newGroup('Lake', anna);
    ({ page, network } = await scene.visit(anna));
    await openChat(page, 'Lake');
  });

  interface Stored {
    type: string;
    content: string;
    attachments?: { name: string }[];
  }
  const stored = async () => {
    const { messages } = await scene.get(`/chats/${chatId}/messages`, anna);
    return (messages as Stored[]).filter(({ type }) => type === 'text');
  };
  const names = async () => (await stored()).map(({ content, attachments }) => attachments?.[0]?.name ?? content);

  const send = async (name: string, bytes = 1000) => {
    await chooseFiles(page, [textFile(name, bytes)]);
    await ready(page, 1);
    await button(page, 'Send').click();
  };

  test('the progress of a slow upload is shown, with a preview, and the messages after it wait', async () => {
    const devtools = await page.context().newCDPSession(page);
    const limit = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 40_000 };
    await devtools.send('Network.emulateNetworkConditions', limit);
    await chooseFiles(page, [await newPicture(page, 'sea.jpg', 400, 300), textFile('long.txt', 700_000)]);
    await ready(page, 2);
    await button(page, 'Send').click();
    await say(page, 'Afterwards');
    const outgoing = page.locator('.outgoing').first();
    const preview = outgoing.getByRole('img', { name: 'sea.jpg' });
    await expect.poll(() => shownWidth(preview)).toBe(320);
    const value = () => numberOf(page.getByRole('progressbar', { name: 'Uploading long.txt' }), 'value');
    await expect.poll(value).toBeGreaterThan(0.1);
    const before = await value();
    await expect.poll(value).toBeGreaterThan(before);
    expect(await stored()).toEqual([]);
    await devtools.send('Network.emulateNetworkConditions', { ...limit, uploadThroughput: -1 });
    await expect.poll(names).toEqual(['sea.jpg', 'Afterwards']);
    await expect.poll(() => page.locator('.outgoing').count()).toBe(0);
    expect(await page.getByRole('progressbar').count()).toBe(0);
  });

  test('a cancelled upload leaves nothing behind', async () => {
    const { held } = await holdBack(page, bucket);
    await send('unwanted.txt');
    await held;
    await say(page, 'Afterwards');
    const failed = page.waitForEvent('requestfailed', (request) => bucket.test(request.url()));
    await log(page).getByRole('button', { name: 'Cancel' }).click();
    expect((await failed).failure()?.errorText).toBe('net::ERR_ABORTED');
    await expect.poll(names).toEqual(['Afterwards']);
    await expect.poll(() => bubbles(page).allInnerTexts()).toEqual(['Afterwards']);
  });

  test('an upload that is refused again and again says so, and goes out when the user tries again', async () => {
    await page.route(bucket, (route) =>
      route.fulfill({ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }),
    );
    await send('list.txt');
    await say(page, 'Afterwards');
    // The waits between five attempts.
    await expect
      .poll(async () => {
        await page.clock.runFor(5000);
        return log(page).getByText('Not sent. The file could not be sent').count();
      })
      .toBe(1);
    await expect.poll(names).toEqual(['Afterwards']);
    await page.unroute(bucket);
    await button(page, 'Try again').click();
    await expect.poll(names).toEqual(['Afterwards', 'list.txt']);
    await expect.poll(() => page.locator('.outgoing').count()).toBe(0);
  });

  test('an upload without an answer is repeated to the same place, which has it already', async () => {
    let lost = 0;
    const statuses: number[] = [];
    page.on('response', (response) => bucket.test(response.url()) && statuses.push(response.status()));
    await page.route(bucket, async (route) => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await send('list.txt');
    await expect.poll(names).toEqual(['list.txt']);
    expect(statuses).toEqual([412]);
  });

  test('files that were sent offline go out in order when the network is back', async () => {
    network.cut();
    await page.getByText('Reconnecting').waitFor();
    await send('one.txt');
    await say(page, 'Two');
    await send('three.txt');
    await log(page).getByText('Waiting to be sent').nth(2).waitFor();
    network.restore();
    await returnTo(page);
    await expect.poll(names).toEqual(['one.txt', 'Two', 'three.txt']);
    await expect.poll(() => page.locator('.outgoing').count()).toBe(0);
  });

  test('an upload that breaks off begins again, also when its URL has expired meanwhile', async () => {
    const announced: string[] = [];
    page.on('response', (response) => response.url().endsWith('/files') && announced.push(response.url()));
    const { held } = await holdBack(page, bucket);
    await send('list.txt');
    await held;
    network.cut();
    await page.unroute(bucket);
    await page.clock.runFor(6 * 60_000);
    network.restore();
    await returnTo(page);
    await expect.poll(names).toEqual(['list.txt']);
    expect(announced.length).toBe(2);
  });

  test('a tab that opens meanwhile neither gives the upload up nor sends the messages after it', async () => {
    const { held, letGo } = await holdBack(page, bucket);
    await send('list.txt');
    await held;
    await say(page, 'Afterwards');
    const other = await page.context().newPage();
    await other.goto(page.url());
    await connected(other).waitFor();
    await say(other, 'From the other tab');
    await expect.poll(names).toEqual(['From the other tab']);
    await letGo();
    await expect.poll(names).toEqual(['From the other tab', 'list.txt', 'Afterwards']);
    await expect.poll(() => page.locator('.outgoing').count()).toBe(0);
  });

  test('after a reload, a message whose files were not uploaded says so', async () => {
    await holdBack(page, bucket);
    await send('list.txt');
    await say(page, 'Afterwards');
    await page.reload();
    await log(page).getByText('Not sent. The page was closed before the files were uploaded').waitFor();
    await log(page).getByText('list.txt').waitFor();
    await expect.poll(names).toEqual(['Afterwards']);
    await log(page).getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => page.locator('.outgoing').count()).toBe(0);
  });
});
