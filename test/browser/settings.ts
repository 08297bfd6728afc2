import type { Page } from 'playwright-core';
import { button } from './scene.ts';

/** The sheet with the settings. */
export const sheet = (page: Page) => page.locator('dialog.sheet');

/** Opens the settings and then, one after the other, the parts whose rows begin with these words. */
export async function openSettings(page: Page, ...rows: string[]): Promise<void> {
  await button(page, /^(Settings|Настройки)$/).click();
  for (const row of rows) await openPart(page, row);
}

async function openPart(page: Page, row: string): Promise<void> {
  await sheet(page)
    .getByRole('button', { name: new RegExp(`^${row}`) })
    .click();
}

/** Signs out by the settings. */
export const signOut = (page: Page) => openSettings(page, '(Sign out|Выйти)');

/** Chooses the language of the page in the settings, and closes them. */
export const chooseLanguage = (page: Page, language: 'English' | 'Русский') => chooseAppearance(page, language);

/** Chooses the theme of the page, by its name in the page's language. */
export const chooseTheme = (page: Page, theme: string) => chooseAppearance(page, theme);

/** Loads what the page would otherwise load when it needs it, before a test cuts the network: tests have no service worker. */
export async function loadAll(page: Page): Promise<void> {
  await chooseLanguage(page, 'Русский');
  await chooseLanguage(page, 'English');
}

async function chooseAppearance(page: Page, choice: string): Promise<void> {
  await openSettings(page, '(Appearance|Оформление)');
  await sheet(page).getByRole('radio', { name: choice }).click();
  // The texts of a language may have to be loaded.
  await sheet(page).getByRole('radio', { name: choice, checked: true }).waitFor();
  await button(page, /^(Close|Закрыть)$/).click();
  await sheet(page).waitFor({ state: 'detached' });
}
