import type { Page } from 'playwright-core';
import { button } from './scene.ts';

interface Account {
  email: string;
  name?: string;
}

/** Fills in the form of a new account. Its button has the name of the one that leads to the form. */
export async function fillAccount(page: Page, { email, name }: Account): Promise<void> {
  await button(page, 'Create an account').click();
  if (name !== undefined) await page.getByLabel('Name').fill(name);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('correct horse');
}

/** Creates an account by its form. */
export async function signUp(page: Page, account: Account): Promise<void> {
  await fillAccount(page, account);
  await button(page, 'Create an account').click();
}

/** Begins a new chat by the button above the list. */
export async function startChat(page: Page, way: 'New group' | 'Direct chat' | 'Join by code'): Promise<void> {
  await button(page, 'New chat').click();
  await page.locator('.menu').getByRole('button', { name: way }).click();
}
