import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { newVisitor, type Visitor } from '../browser/chromium.ts';
import { Story } from '../demo/story.ts';
import type { Person } from '../demo/telling.ts';
import { images } from './readme.ts';

const size = { width: 340, height: 560 };

/** The phones of Anna and Boris at the ends of the demo's chapters. */
export async function takeDemo(browser: Browser, url: string): Promise<void> {
  const story = new Story({ url, wsUrl: url.replace('http', 'ws') });
  let anna: Visitor | undefined;
  let boris: Visitor | undefined;
  const take = async (name: string, shown: string) => {
    if (!anna || !boris) throw new Error('Nobody has opened the chat yet.');
    await picture(browser, [anna.page, boris.page], name, shown);
  };
  await story.play(async (chapter) => {
    if (chapter === 2) {
      anna = await open(browser, url, story.anna, story.group.id);
      boris = await open(browser, url, story.boris, story.group.id);
      await take('2-group', 'joined the group');
    }
    if (chapter === 3) {
      await take('3-talk', 'Lake!');
      anna?.network.cut();
    }
    if (chapter === 4) {
      await boris?.page.getByRole('log').getByText('Saturday at nine?').waitFor();
      await take('4-lift', 'Lake!');
      anna?.network.restore();
    }
    if (chapter === 5) await take('5-retry', 'Saturday at nine?');
    if (chapter === 6) {
      await take('6-changes', 'Message deleted');
      boris?.network.cut();
    }
    if (chapter === 7) {
      await anna?.page.getByRole('log').getByText('And the guitar!').waitFor();
      await take('7-tunnel', 'Message deleted');
      boris?.network.restore();
      await take('7-online', 'And the guitar!');
    }
    if (chapter === 10) await take('10-meeting', 'opened a meeting');
  });
  for (const visitor of [anna, boris]) {
    await visitor?.page.context().close();
    visitor?.network.close();
  }
}

async function open(browser: Browser, url: string, person: Person, chatId: string): Promise<Visitor> {
  const stored = [{ name: 'tokens', value: JSON.stringify(person.session) }];
  const visitor = await newVisitor(browser, url, { viewport: size, deviceScaleFactor: 2 }, stored);
  await visitor.page.goto(`/#chat=${chatId}`);
  return visitor;
}

/** Two phones side by side, once both show a text. */
async function picture(browser: Browser, phones: Page[], name: string, shown: string): Promise<void> {
  for (const page of phones) await page.getByRole('log').getByText(shown).last().waitFor();
  const shots = await Promise.all(phones.map((page) => page.screenshot({ animations: 'disabled' })));
  const page = await browser.newPage({
    viewport: { width: 2 * size.width + 72, height: size.height + 48 },
    deviceScaleFactor: 1.5,
  });
  const sources = shots.map((shot) => `data:image/png;base64,${shot.toString('base64')}`);
  await page.setContent(`<style>
    body { margin: 0; display: flex; gap: 24px; padding: 24px; background: #e9edf3 }
    img { width: ${size.width}px; height: ${size.height}px; border-radius: 20px; box-shadow: 0 4px 16px #0003 }
  </style>${sources.map((source) => `<img src="${source}">`).join('')}`);
  await page.screenshot({ path: join(images, 'demo', `${name}.png`) });
  await page.close();
  console.log(`docs/images/demo/${name}.png`);
}
