import type { Locator, Page } from 'playwright-core';
import { button, chatLink, connected, log } from './scene.ts';

/** What a test does with one chat or message on a page. */

/** Opens a chat and waits until it is connected. */
export async function openChat(page: Page, name: string): Promise<void> {
  await chatLink(page, name).click();
  await page.getByRole('heading', { name, level: 2 }).waitFor();
  await connected(page).waitFor();
}

/** Opens the sheet about the open chat by its title. */
export async function openInfo(page: Page): Promise<Locator> {
  await page.locator('.chat h2').getByRole('button').click();
  return page.getByRole('dialog', { name: /^(Group|Contact) info$/ });
}

export const row = (page: Page, text: string) => log(page).locator('[data-seq]').filter({ hasText: text });

/** Names are isolated in their own direction of writing. */
export const chip = (page: Page, words: string) =>
  button(page, new RegExp(`^${words.replaceAll(/Anna|Boris/g, '\u2068$&\u2069')}$`, 'u'));

export async function openMenu(page: Page, text: string): Promise<void> {
  await row(page, text).hover();
  await row(page, text).getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('dialog').waitFor();
}

export async function choose(page: Page, text: string, action: string): Promise<void> {
  await openMenu(page, text);
  await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();
}
