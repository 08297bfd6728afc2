import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { openDemoChat } from '../../infra/local/console/open-demo-chat.ts';
import { demoAccount } from '../../infra/local/demo-accounts.ts';
import { desktop, newVisitor, phone } from '../browser/chromium.ts';
import { connected } from '../browser/scene.ts';
import { request } from '../support/api-client.ts';

export const images = join(import.meta.dirname, '../../docs/images');

const pictures: readonly (BrowserContextOptions & { file: string })[] = [
  { file: 'chat.png', viewport: desktop, locale: 'en-US', colorScheme: 'light' },
  { file: 'chat-phone.png', viewport: phone, locale: 'en-US', colorScheme: 'dark' },
  { file: 'chat.ru.png', viewport: desktop, locale: 'ru-RU', colorScheme: 'light' },
  { file: 'chat-phone.ru.png', viewport: phone, locale: 'ru-RU', colorScheme: 'dark' },
];

/** The demo account's chat, as somebody sees it who has just run `npm start`. */
export async function takeReadme(browser: Browser, url: string): Promise<void> {
  const chat = await openDemoChat(url, true);
  if ('refusal' in chat) throw new Error(chat.refusal);
  const { email, password } = demoAccount;
  const { body: tokens } = await request(url, 'POST', '/auth/login', { body: { email, password } });
  const stored = [{ name: 'tokens', value: JSON.stringify(tokens) }];
  for (const { file, ...options } of pictures) {
    const { page, network } = await newVisitor(browser, url, options, stored);
    await page.goto(`/#chat=${chat.chatId}`);
    await page.getByRole('log').getByText('Great, I will pick you both up at nine').waitFor();
    await connected(page).waitFor();
    await page.screenshot({ path: join(images, file) });
    await page.context().close();
    network.close();
    console.log(`docs/images/${file}`);
  }
}
