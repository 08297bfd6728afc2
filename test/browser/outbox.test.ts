import type { Page, Request } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { findChromium, type Visitor } from './chromium.ts';
import {
  box,
  bubbles,
  chatLink,
  connected,
  log,
  type Person,
  refuseMessages,
  say,
  setHidden,
  useScene,
} from './scene.ts';
import { chooseLanguage, signOut } from './settings.ts';

/** What the web client sends from an open chat: messages and read marks. */

describe.skipIf(!findChromium())('what the web client sends', () => {
  const scene = useScene();
  let anna: Person;
  let boris: Person;
  let page: Page;
  let network: Visitor['network'];
  let chatId: string;

  beforeEach(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    chatId = await scene.newGroup('Lake', anna, boris);
    await scene.newGroup('Hills', anna);
    ({ page, network } = await scene.visit(anna));
    await page.goto(`/#chat=${chatId}`);
    await connected(page).waitFor();
  });

  const digits = ['1', '2', '3', '4', '5', '6', '7', '8'];
  /** Waits until this many messages of Anna are in the chat on the page. */
  const arrived = (count: number) =>
    expect.poll(() => page.locator('.mine:not(.outgoing)').count(), { timeout: 60_000 }).toBe(count);

  const stored = async () => {
    const { messages } = await scene.get(`/chats/${chatId}/messages`, anna);
    const texts = (messages as { type: string; content: string }[]).filter(({ type }) => type === 'text');
    return texts.map(({ content }) => content);
  };

  test('eight messages that are typed quickly arrive in order', async () => {
    for (const digit of digits) await say(page, digit);
    await arrived(8);
    expect((await stored()).join('')).toBe('12345678');
  });

  test('eight messages that were typed offline arrive in order, however long the network was away', async () => {
    network.cut();
    await page.getByText('Reconnecting').waitFor();
    for (const digit of digits) await say(page, digit);
    for (let seconds = 0; seconds < 60; seconds += 5) await page.clock.runFor(5000);
    network.restore();
    await arrived(8);
    expect((await stored()).join('')).toBe('12345678');
    await expect.poll(() => bubbles(page).allInnerTexts()).toEqual(digits);
  });

  test('a refused message says why and does not hold up those after it; a throttled one does', async () => {
    const errors = [{ path: 'content', message: 'must be visible', rule: 'invisible' }];
    await refuseMessages(page, { code: 'invalid_input', errors }, { code: 'too_many_requests', retryAfter: 2 });
    await page.reload();
    await connected(page).waitFor();
    for (const text of ['Refused', ...digits]) await say(page, text);
    await log(page).getByText('Not sent. Enter at least one visible character.').waitFor();
    await arrived(8);
    expect((await stored()).join('')).toBe('12345678');
    await chooseLanguage(page, 'Русский');
    await log(page).getByText('Не отправлено. Введите хотя бы один видимый символ.').waitFor();
  });

  test('a message goes out exactly as it was typed, and a blank one does not', async () => {
    const frames: string[] = [];
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => frames.push(String(payload))));
    await page.reload();
    await connected(page).waitFor();
    await say(page, '  \n ');
    const code = '    if (x) {\n\ty();\n    }\n';
    await say(page, code);
    await arrived(1);
    const sent = frames.map((frame) => JSON.parse(frame)).filter(({ type }) => type === 'message');
    expect(sent).toMatchObject([{ content: code }]);
  });

  test('a text that is too long stays whole in the box until it is shorter', async () => {
    await box(page).fill('x'.repeat(4100));
    await page.getByText('4,100 of 4,000 characters').waitFor();
    await box(page).press('Enter');
    expect((await box(page).inputValue()).length).toBe(4100);
    await expect.poll(() => page.locator('.outgoing').count()).toBe(0);
    await say(page, '😀'.repeat(4000));
    await arrived(1);
    await expect.poll(stored).toEqual(['😀'.repeat(4000)]);
  });

  const isMark = (request: Request) => request.url().endsWith('/read');

  /** The numbers that the page marks as read from now on. Its clock stands still, so that no timer sends one. */
  const marks = async () => {
    const seqs: number[] = [];
    // Seconds ahead: a busy machine may take some to get there, and a time in the past is refused.
    await page.clock.pauseAt(await page.evaluate<number>('Date.now() + 5000'));
    page.on('request', (request) => isMark(request) && seqs.push(request.postDataJSON().seq));
    return seqs;
  };

  test('read marks go out at most every five seconds, and none for an own message', async () => {
    const seqs = await marks();
    for (const text of ['One', 'Two', 'Three']) {
      await scene.say(boris, chatId, text);
      await log(page).getByText(text).waitFor();
    }
    expect(seqs).toEqual([2]);
    await say(page, 'Mine');
    await page.locator('.mine:not(.outgoing)').waitFor();
    const answered = page.waitForResponse(
      (response) => isMark(response.request()) && response.request().postDataJSON().seq === 4,
    );
    await page.clock.runFor(5000);
    await (await answered).finished();
    expect(seqs).toEqual([2, 4]);
    await page.clock.runFor(60_000);
    expect(seqs).toEqual([2, 4]);
  });

  test.each(['switching to another chat', 'hiding the page', 'leaving the page', 'signing out'])(
    '%s sends the last mark',
    async (how) => {
      const seqs = await marks();
      for (const text of ['One', 'Two']) {
        await scene.say(boris, chatId, text);
        await log(page).getByText(text).waitFor();
      }
      expect(seqs).toEqual([2]);
      if (how === 'hiding the page') await setHidden(page, true);
      else if (how === 'leaving the page') await page.goto('about:blank');
      else if (how === 'signing out') await signOut(page);
      else await chatLink(page, 'Hills').click();
      const reads = async () => (await scene.get(`/chats/${chatId}/reads`, boris)).reads;
      await expect.poll(reads).toContainEqual({ userId: anna.user.id, seq: 3 });
    },
  );

  test('a mark that could not be sent is sent after the chat was closed', async () => {
    const seqs = await marks();
    await scene.say(boris, chatId, 'One');
    await log(page).getByText('One').waitFor();
    await scene.say(boris, chatId, 'Two');
    await log(page).getByText('Two').waitFor();
    network.cut();
    const failed = page.waitForEvent('requestfailed', isMark);
    await chatLink(page, 'Hills').click();
    await failed;
    expect(seqs).toEqual([2, 3]);
    network.restore();
    await page.clock.runFor(5000);
    await expect.poll(() => seqs).toEqual([2, 3, 3]);
  });
});
