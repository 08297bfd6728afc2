import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { openai } from '../support/stand-ins/openai.ts';
import { expectAccessible, findChromium } from './chromium.ts';
import { ask, attach, box, button, chatLink, connected, log, type Person, useScene } from './scene.ts';

/** Questions to the assistant, and what becomes of those that it does not answer. */

describe.skipIf(!findChromium())('a question to the assistant', () => {
  const scene = useScene();
  let anna: Person;
  let page: Page;

  beforeAll(async () => {
    anna = await scene.newPerson('Anna');
    await scene.newGroup('Lake', anna);
    page = await open();
  });

  async function open(): Promise<Page> {
    const visitor = await scene.visit(anna);
    await chatLink(visitor.page, 'Lake').click();
    await connected(visitor.page).waitFor();
    return visitor.page;
  }

  test('is written in place of a message, and Escape returns to the message', async () => {
    await box(page).fill('Hills or lake?');
    await attach(page, 'Ask the assistant');
    await page.getByText('Question to the assistant').waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: 'Question' }).inputValue()).toBe('Hills or lake?');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByText('Question to the assistant').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('Hills or lake?');
    await expect.poll(() => box(page).evaluate((element) => element.matches(':focus'))).toBe(true);
    await box(page).fill('');
  });

  test('shows that a slow assistant is busy, and the question', async () => {
    openai.behave({ pieces: ['The ', 'lake.'], pause: 1000 });
    await ask(page, 'Hills or lake?');
    await page.locator('.asking', { hasText: 'Hills or lake?' }).getByText('The assistant is thinking…').waitFor();
    // What is written next is a message again.
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    await log(page).getByText('The lake.', { exact: true }).waitFor();
    await page.locator('.asking').waitFor({ state: 'detached' });
  });

  test('returns a refused question to the message box', async () => {
    openai.behave({ status: 500 });
    await ask(page, 'Hills or lake?');
    await page.getByRole('alert').getByText('The assistant').waitFor();
    await expect.poll(() => box(page).inputValue()).toBe('Hills or lake?');
    await expect.poll(() => page.locator('.asking').count()).toBe(0);
    await box(page).fill('');
  });

  test('keeps a notice while older messages load', async () => {
    const fresh = await open();
    openai.behave({ status: 500 });
    await ask(fresh, 'Hills or lake?');
    const notice = fresh.locator('#notice');
    await notice.getByText('The assistant').waitFor();
    // The list has no room to scroll: it is at its beginning.
    await log(fresh).dispatchEvent('scroll');
    await fresh.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
    await expect.poll(() => notice.innerText()).toContain('The assistant');
  });

  test('is refused by the page when it is too long, while a message of that length is sent', async () => {
    const fresh = await open();
    const questions: string[] = [];
    fresh.on('request', (request) => request.url().endsWith('/ai/ask') && questions.push(request.url()));
    const long = 'x'.repeat(2100);
    await box(fresh).fill(long);
    await expect.poll(() => fresh.getByText('characters').count()).toBe(0);
    await attach(fresh, 'Ask the assistant');
    await fresh.getByText('2,100 of 2,000 characters').waitFor();
    await box(fresh).press('Enter');
    await expect.poll(() => box(fresh).inputValue()).toBe(long);
    await box(fresh).fill('x'.repeat(2000));
    await fresh.getByText('characters').waitFor({ state: 'detached' });
    await button(fresh, 'Do not ask').click();
    await box(fresh).fill(long);
    await box(fresh).press('Enter');
    await fresh.locator('.mine:not(.outgoing)', { hasText: long }).waitFor();
    expect(questions).toEqual([]);
  });

  test('whose answer is lost returns above what was typed meanwhile, and is answered once when it is asked again', async () => {
    const fresh = await open();
    openai.behave({ pieces: ['Both.'] });
    const asked: { question: string; clientId: string }[] = [];
    const { promise: typed, resolve: letGo } = Promise.withResolvers<void>();
    await fresh.route(/\/ai\/ask$/, async (route) => {
      asked.push(route.request().postDataJSON());
      if (asked.length > 1) return route.continue();
      await route.fetch();
      await typed;
      await route.abort();
    });
    const askAgain = () => ask(fresh, 'Hills or lake?');
    const answers = log(fresh).getByText('Both.', { exact: true });
    await askAgain();
    await answers.waitFor();
    await box(fresh).fill('I am for the lake');
    letGo();
    await expect.poll(() => box(fresh).inputValue()).toBe('Hills or lake?\nI am for the lake');
    await askAgain();
    await expect.poll(() => asked.length).toBe(2);
    await expect.poll(() => fresh.locator('.asking').count()).toBe(0);
    expect(asked[1]).toEqual(asked[0]);
    await expect.poll(() => answers.count()).toBe(1);
    await askAgain();
    await answers.nth(1).waitFor();
    expect(asked[2]?.question).toBe('Hills or lake?');
    expect(asked[2]?.clientId).not.toBe(asked[0]?.clientId);
  });
});
