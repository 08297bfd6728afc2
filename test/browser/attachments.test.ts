import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import {
  chooseFiles,
  give,
  newPicture,
  numberOf,
  ready,
  shownWidth,
  type TestFile,
  textFile,
  tray,
  withPosition,
} from './files.ts';
import { openChat } from './messages.ts';
import { attach, box, button, chatLink, log, type Person, say, useScene } from './scene.ts';
import { chooseLanguage } from './settings.ts';

/** Pictures and files of messages. */

interface Stored {
  content: string;
  metadata?: object;
  attachments?: {
    name: string;
    mimeType: string;
    size: number;
    width: number;
    height: number;
    url: string;
    thumbnailUrl: string;
  }[];
}

const focused = (page: Page) => page.evaluate('document.activeElement.tagName');

describe.skipIf(!findChromium())('files of messages', () => {
  const scene = useScene();
  let anna: Person;
  let boris: Person;
  let chatId: string;
  let page: Page;

  beforeEach(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    chatId = await scene.newGroup('Lake', anna, boris);
    ({ page } = await scene.visit(anna));
    await openChat(page, 'Lake');
  });

  const stored = async (): Promise<Stored[]> =>
    (await scene.get(`/chats/${chatId}/messages`, boris)).messages.filter(
      ({ type }: { type: string }) => type === 'text',
    );
  const last = async () => (await stored()).at(-1);
  const bytesOf = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());
  const sent = (count: number) => expect.poll(() => page.locator('.mine:not(.outgoing)').count()).toBe(count);

  test('several files that were chosen, pasted and dropped go out with one caption', async () => {
    const small = await newPicture(page, 'sea.jpg', 640, 480);
    await chooseFiles(page, [small, textFile('list.txt', 2000)]);
    await give(page, 'paste', [await newPicture(page, 'pasted.png', 300, 200)]);
    await give(page, 'drop', [textFile('dropped.txt', 500), textFile('unwanted.txt', 500)]);
    await ready(page, 5);
    await tray(page).getByText('2 KB', { exact: true }).first().waitFor();
    await button(page, 'Remove unwanted.txt').click();
    await say(page, 'The list');
    await sent(1);
    await expect.poll(() => page.locator('.outgoing').count()).toBe(0);
    expect(await tray(page).count()).toBe(0);
    const message = await last();
    expect(message?.content).toBe('The list');
    expect(message?.attachments).toMatchObject([
      { name: 'sea.jpg', mimeType: 'image/jpeg', width: 640, height: 480 },
      { name: 'list.txt', mimeType: 'text/plain', size: 2000 },
      { name: 'pasted.png', mimeType: 'image/png', width: 300, height: 200 },
      { name: 'dropped.txt', mimeType: 'text/plain' },
    ]);
    await log(page).getByText('list.txt').waitFor();
    await expect.poll(() => focused(page)).toBe('TEXTAREA');
    await button(page, 'Open the picture sea.jpg').waitFor();
  });

  test('a file that is chosen for a question makes it a message again', async () => {
    await attach(page, 'Ask the assistant');
    await chooseFiles(page, [textFile('list.txt', 500)]);
    await ready(page, 1);
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    await button(page, 'Remove list.txt').click();
  });

  test('a large photo goes out smaller, as a JPEG with a small thumbnail and without its position', async () => {
    const photo = withPosition(await newPicture(page, 'photo.jpg', 4000, 1000));
    expect(photo.buffer.includes('Exif')).toBe(true);
    const scaled = { width: 2560, height: 640 };
    for (const [picture, size] of [
      [photo, scaled],
      [withPosition(await newPicture(page, 'small.jpg', 200, 100)), { width: 200, height: 100 }],
    ] as const) {
      await chooseFiles(page, [picture]);
      await ready(page, 1);
      await button(page, 'Send').click();
      await expect.poll(async () => (await last())?.attachments?.[0]?.name).toBe(picture.name);
      const [file] = (await last())?.attachments ?? [];
      expect(file).toMatchObject({ ...size, mimeType: 'image/jpeg' });
      const bytes = await bytesOf(file?.url ?? '');
      expect(bytes.length).toBe(file?.size);
      expect(bytes.includes('Exif')).toBe(false);
      const thumbnail = await bytesOf(file?.thumbnailUrl ?? '');
      expect(thumbnail.length).toBeLessThanOrEqual(30_000);
      expect(thumbnail.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
      expect(thumbnail.includes('Exif')).toBe(false);
    }
  });

  test.each<[string, TestFile, string]>([
    [
      'of another type',
      { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<p>') },
      'files of this type are not accepted',
    ],
    ['without content', textFile('nothing.txt', 0), '“nothing.txt” is empty'],
    ['that is no picture', { ...textFile('fake.jpg', 100), mimeType: 'image/jpeg' }, 'is damaged'],
    ['whose position can’t be removed', { ...textFile('photo.heic', 100), mimeType: '' }, 'could not remove the place'],
  ])('a file %s is refused in words', async (_, file, words) => {
    await chooseFiles(page, [file]);
    await page.getByText(words).waitFor();
    await expect.poll(() => tray(page).count()).toBe(0);
  });

  test('a file that is too large is refused before anything is uploaded', async () => {
    await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(26 * 1024 * 1024)], 'long.zip', { type: 'application/x-zip-compressed' }));
      document.querySelector('.box textarea').dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: data }));
    })()`);
    await page.getByText('“long.zip” is too large. Maximum: 25 MB').waitFor();
    await expect.poll(() => tray(page).count()).toBe(0);
  });

  test('a video has its size and its first frame before it is loaded', async () => {
    await page.evaluate(`(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
      const context = canvas.getContext('2d');
      const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
      const recorded = new Promise((resolve) => { recorder.ondataavailable = ({ data }) => resolve(data); });
      recorder.start();
      for (let n = 0; n < 20; n++) {
        context.fillStyle = 'hsl(' + 18 * n + ' 80% 50%)';
        context.fillRect(0, 0, 320, 180);
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      recorder.stop();
      const data = new DataTransfer();
      data.items.add(new File([await recorded], 'film.webm', { type: 'video/webm' }));
      document.querySelector('.box textarea').dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: data }));
    })()`);
    await ready(page, 1);
    await button(page, 'Send').click();
    await sent(1);
    const [film] = (await last())?.attachments ?? [];
    expect(film).toMatchObject({ mimeType: 'video/webm', width: 320, height: 180 });
    const video = log(page).locator('.mine:not(.outgoing) video');
    expect(new URL((await video.getAttribute('poster')) ?? '').pathname).toBe(
      new URL(film?.thumbnailUrl ?? '').pathname,
    );
    const { width = 0, height = 1 } = (await video.boundingBox()) ?? {};
    expect(width / height).toBeCloseTo(16 / 9, 1);
    await page.evaluate("document.querySelector('.mine video').play()");
    await expect.poll(() => numberOf(video, 'currentTime')).toBeGreaterThan(0);
  });

  test('of more than ten files, the first ten are taken', async () => {
    await chooseFiles(
      page,
      Array.from({ length: 12 }, (_, n) => textFile(`${n}.txt`, 10)),
    );
    await page.getByText('A message has at most 10 files').waitFor();
    await ready(page, 10);
    await expect.poll(() => tray(page).getByRole('listitem').count()).toBe(10);
  });

  test('a picture opens in full size; arrows, Escape and the download work', async () => {
    await chooseFiles(page, [await newPicture(page, 'one.jpg', 900, 600), await newPicture(page, 'two.jpg', 600, 900)]);
    await ready(page, 2);
    await button(page, 'Send').click();
    await sent(1);
    await button(page, 'Open the picture one.jpg').click();
    const dialog = page.getByRole('dialog', { name: 'Pictures' });
    const width = () => shownWidth(dialog.getByRole('img'));
    await dialog.getByText('1 of 2').waitFor();
    await expect.poll(width).toBe(900);
    await page.keyboard.press('ArrowRight');
    await dialog.getByText('2 of 2').waitFor();
    await expect.poll(width).toBe(600);
    expect(await button(page, 'Next picture').count()).toBe(0);
    const download = page.waitForEvent('download');
    await dialog.getByRole('link', { name: 'Download two.jpg' }).click();
    expect((await download).suggestedFilename()).toBe('two.jpg');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    await button(page, 'Open the picture one.jpg').waitFor();
  });

  test('a finger turns to the next picture, and closes it by moving down', async () => {
    await chooseFiles(page, [await newPicture(page, 'sea.png', 90, 60), await newPicture(page, 'sky.png', 60, 60)]);
    await ready(page, 2);
    await button(page, 'Send').click();
    await log(page).getByRole('button', { name: 'Open the picture sea.png' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pictures' });
    const swipe = async (right: number, down: number) => {
      const at = (x: number, y: number) => [{ identifier: 0, clientX: x, clientY: y }];
      await dialog.dispatchEvent('touchstart', { touches: at(200, 200) });
      await dialog.dispatchEvent('touchend', { changedTouches: at(200 + right, 200 + down) });
    };
    await swipe(-100, 20);
    await dialog.getByText('sky.png').waitFor();
    await swipe(30, 0);
    await swipe(70, 60);
    expect(await dialog.getByText('sky.png').count()).toBe(1);
    await swipe(100, -20);
    await dialog.getByText('sea.png').waitFor();
    await swipe(20, 100);
    await dialog.waitFor({ state: 'detached' });
  });

  test('the places of pictures have their size before they are loaded', async () => {
    await chooseFiles(page, [await newPicture(page, 'wide.jpg', 1200, 600)]);
    await ready(page, 1);
    await button(page, 'Send').click();
    await sent(1);
    await page.route(/\/files\//, (route) => route.abort());
    await page.reload();
    const picture = button(page, 'Open the picture wide.jpg');
    await picture.waitFor();
    const { width = 0, height = 1 } = (await picture.boundingBox()) ?? {};
    expect(width).toBeGreaterThan(200);
    expect(width / height).toBeCloseTo(2, 1);
  });

  test('a message whose URLs have expired is read again, once', async () => {
    await chooseFiles(page, [await newPicture(page, 'old.jpg', 400, 300)]);
    await ready(page, 1);
    await button(page, 'Send').click();
    await sent(1);
    // As a page that was loaded three days ago has them.
    await page.route(/\/messages\?/, async (route) => {
      const answer = await route.fetch();
      const aged = (await answer.text()).replaceAll(/w=(\d+)/g, (_, day) => `w=${day - 3}`);
      await route.fulfill({ response: answer, body: aged });
    });
    const reads: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (/\/messages\/[^/]+$/.test(pathname)) reads.push(pathname);
    });
    await page.reload();
    const image = button(page, 'Open the picture old.jpg').locator('img');
    await expect.poll(() => shownWidth(image)).toBe(320);
    expect(reads.length).toBe(1);
  });

  test('a message without text is named after its files in the user’s language, also where it is quoted', async () => {
    await chooseFiles(page, [await newPicture(page, 'sea.jpg', 400, 300)]);
    await ready(page, 1);
    await button(page, 'Send').click();
    await sent(1);
    expect(await last()).toMatchObject({ metadata: { placeholder: 'photo' } });
    await chatLink(page, 'Lake').getByText('You: Photo').waitFor();
    expect(await log(page).getByText('Photo', { exact: true }).count()).toBe(0);
    await chooseLanguage(page, 'Русский');
    await chatLink(page, 'Lake').getByText('Вы: Фото').waitFor();
    await log(page).locator('.mine').press('r');
    await page.locator('.replying').getByText('Фото').waitFor();
    await say(page, 'Ответ');
    await log(page).locator('.quote').getByText('Фото').waitFor();
  });

  test('a caption can be added, changed and removed', async () => {
    await chooseFiles(page, [textFile('list.txt', 100)]);
    await ready(page, 1);
    await button(page, 'Send').click();
    await sent(1);
    const edit = async (text: string) => {
      await page.locator('.mine').hover();
      await page.locator('.mine').getByRole('button', { name: 'Actions' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Edit', exact: true }).click();
      const before = await box(page).inputValue();
      await say(page, text);
      await expect.poll(() => button(page, 'Save').count()).toBe(0);
      return before;
    };
    expect(await edit('First')).toBe('');
    await log(page).getByText('First').waitFor();
    expect(await edit('')).toBe('First');
    await expect.poll(last).toMatchObject({ metadata: { placeholder: 'file' } });
    await expect.poll(() => log(page).getByText('First').count()).toBe(0);
  });
});
