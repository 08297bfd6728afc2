import type { Locator, Page } from 'playwright-core';
import { attach } from './scene.ts';

/** Files for a test to choose, and what a test does with them on a page. */

export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A picture with some pattern, made by the browser; transparent at its left edge if it is a PNG. */
export async function newPicture(page: Page, name: string, width: number, height: number): Promise<TestFile> {
  const mimeType = name.endsWith('.png') ? 'image/png' : 'image/jpeg';
  const url = await page.evaluate(
    `(() => {
      const canvas = Object.assign(document.createElement('canvas'), { width: ${width}, height: ${height} });
      const context = canvas.getContext('2d');
      for (let x = 20; x < ${width}; x += 10) {
        context.fillStyle = 'hsl(' + (x % 360) + ' 80% 50%)';
        context.fillRect(x, 0, 10, ${height});
      }
      return canvas.toDataURL('${mimeType}');
    })()`,
  );
  return { name, mimeType, buffer: Buffer.from(String(url).split(',')[1] ?? '', 'base64') };
}

/** The picture as a camera writes it: with the position in its EXIF. */
export function withPosition(jpeg: TestFile): TestFile {
  const { buffer } = jpeg;
  const tiff = Buffer.alloc(74);
  tiff.write('II*\0\x08\0\0\0', 0, 'latin1');
  // The first directory says only where that of the position is; the position is 52° north.
  const entries = [
    { at: 10, tag: 0x8825, type: 4, count: 1, value: 26 },
    { at: 28, tag: 1, type: 2, count: 2, value: 'N'.charCodeAt(0) },
    { at: 40, tag: 2, type: 5, count: 1, value: 56 },
  ];
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(2, 26);
  for (const { at, tag, type, count, value } of entries) {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  }
  tiff.writeUInt32LE(52, 56);
  tiff.writeUInt32LE(1, 60);
  const segment = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, segment.length + 2]);
  return { ...jpeg, buffer: Buffer.concat([buffer.subarray(0, 2), head, segment, buffer.subarray(2)]) };
}

export const textFile = (name: string, bytes: number): TestFile => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.alloc(bytes, 'text '),
});

/** Chooses files in the menu before the message box. */
export async function chooseFiles(page: Page, files: TestFile[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await attach(page, 'File');
  await (await chooser).setFiles(files);
}

/** Pastes or drops files, as the browser would say. */
export const give = (page: Page, how: 'paste' | 'drop', files: TestFile[]) =>
  page.evaluate(
    `(() => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of ${JSON.stringify(files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') })))})
        data.items.add(new File([Uint8Array.fromBase64(base64)], name, { type: mimeType }));
      const box = document.querySelector('.box textarea');
      const init = { bubbles: true, cancelable: true };
      if ('${how}' === 'paste') box.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: data }));
      else for (const name of ['dragenter', 'dragover', 'drop']) box.dispatchEvent(new DragEvent(name, { ...init, dataTransfer: data }));
    })()`,
  );

export const tray = (page: Page) => page.getByRole('list', { name: 'Files to send' });

/** Waits until all files in the tray are ready. */
export async function ready(page: Page, count: number): Promise<void> {
  await tray(page)
    .locator('[aria-busy=false]')
    .nth(count - 1)
    .waitFor();
}

/** A property of an element. */
export const numberOf = (element: Locator, property: string): Promise<number> =>
  element.evaluate((found, name) => (found as unknown as Record<string, number>)[name] ?? 0, property);

/** How wide the picture is that an element has loaded, in its own pixels. */
export const shownWidth = (image: Locator) => numberOf(image, 'naturalWidth');
