import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { numberOf } from './files.ts';
import { openChat } from './messages.ts';
import { box, button, chatLink, log, type Person, useScene } from './scene.ts';

/** Voice messages. The browser's microphone is one that beeps every second. */

describe.skipIf(!findChromium())('voice messages', () => {
  const scene = useScene();
  let anna: Person;
  let chatId: string;
  let page: Page;

  beforeEach(async () => {
    anna = await scene.newPerson('Anna');
    chatId = await scene.newGroup('Lake', anna);
    ({ page } = await scene.visit(anna));
    await openChat(page, 'Lake');
  });

  const record = () => button(page, 'Record a voice message: tap or hold');
  /** Waits until a recording is at least this long. A busy machine may not see each second. */
  const recorded = (seconds: number) =>
    expect
      .poll(async () => Number((await page.locator('.recording time').innerText()).slice('0:'.length)))
      .toBeGreaterThanOrEqual(seconds);
  const attachments = async () => {
    const { messages } = await scene.get(`/chats/${chatId}/messages`, anna);
    return messages.at(-1).attachments ?? [];
  };

  test('a tap records, a second one sends; it plays, with its position and duration', async () => {
    const begun = Date.now();
    await record().click();
    await recorded(4);
    await expectAccessible(page);
    await button(page, 'Send').click();
    await expect.poll(async () => (await attachments()).length).toBe(1);
    const [voice] = await attachments();
    expect(voice.mimeType).toMatch(/^audio\/(mp4|webm|ogg)$/);
    expect(voice.durationMs).toBeGreaterThan(3000);
    expect(voice.durationMs).toBeLessThan(Date.now() - begun);
    expect(voice.waveform.length).toBe(50);
    expect(Math.max(...voice.waveform)).toBe(100);
    await page.locator('.mine:not(.outgoing)').waitFor();
    await chatLink(page, 'Lake').getByText('You: Voice message').waitFor();
    const position = page.getByRole('slider', { name: 'Position' });
    await button(page, 'Play').click();
    await button(page, 'Pause').waitFor();
    await expect.poll(() => numberOf(position, 'valueAsNumber')).toBeGreaterThan(0.3);
    await button(page, 'Pause').click();
    await button(page, 'Play').waitFor();
    await position.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => numberOf(page.locator('audio'), 'currentTime')).toBe(0);
    expect(await log(page).locator('.voice time').innerText()).toMatch(/^0:\d\d$/);
    await expectAccessible(page);
  });

  test('a recording that is held goes out when the button is let go, and the text in the box stays', async () => {
    await record().hover();
    await page.mouse.down();
    await recorded(1);
    await page.mouse.up();
    await expect.poll(async () => (await attachments()).length).toBe(1);
    await box(page).waitFor();
    expect(await page.locator('.mine').count()).toBe(1);
  });

  test('a cancelled recording sends nothing', async () => {
    await record().click();
    await recorded(1);
    await button(page, 'Cancel the recording').click();
    await record().waitFor();
    await box(page).fill('Instead');
    await box(page).press('Enter');
    await page.locator('.mine:not(.outgoing)').waitFor();
    expect(await attachments()).toEqual([]);
    expect(await log(page).locator('.voice').count()).toBe(0);
  });

  test('the page says what to do when it gets no microphone', async () => {
    await page.evaluate(
      `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))`,
    );
    await record().click();
    await page.getByText('does not let this page use the microphone').waitFor();
    await record().waitFor();
  });
});
