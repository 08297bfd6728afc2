import { beforeAll, describe, expect, test } from 'vitest';
import { times } from '../../infra/local/playground/client/realtime/times.ts';
import { desktop, expectAccessible, findChromium, phone, type Visitor } from './chromium.ts';
import { signUp, startChat } from './entry.ts';
import { openInfo } from './messages.ts';
import { answer, ask, attach, box, bubbles, button, connected, log, say, useScene } from './scene.ts';
import { chooseLanguage, signOut } from './settings.ts';

/** The web client at `/`, as people use it, with the stand-ins that `npm start` has. */

describe.skipIf(!findChromium())('the web client', () => {
  const scene = useScene('of the runner');
  let anna: Visitor;
  let boris: Visitor;

  beforeAll(async () => {
    anna = await scene.visit(undefined, { viewport: desktop, colorScheme: 'light' });
    boris = await scene.visit(undefined, { viewport: phone, colorScheme: 'dark', hasTouch: true });
  });

  test('signs up by email and by phone', async () => {
    await expectAccessible(anna.page);
    await signUp(anna.page, { email: 'anna@example.com', name: 'Anna' });
    await anna.page.getByRole('heading', { name: 'Anna' }).waitFor();

    await button(boris.page, 'Phone').click();
    await boris.page.getByLabel('Phone').fill('+79991234567');
    await button(boris.page, 'Get a code').click();
    const arrived = await boris.page.getByText(/Your code is/).innerText();
    await expectAccessible(boris.page);
    await boris.page.getByLabel('Code').fill(/\d{6}/.exec(arrived)?.[0] ?? '');
    await button(boris.page, 'Sign in').click();
    await answer(boris.page, 'What is your name?', 'Boris');
    await boris.page.getByRole('heading', { name: 'Boris' }).waitFor();
  });

  test('joins a group by its invite code and chats live', async () => {
    await startChat(anna.page, 'New group');
    await answer(anna.page, 'Group name', 'Weekend');
    const sheet = await openInfo(anna.page);
    const invite = await sheet.getByRole('button', { name: 'Invite link' }).locator('small').innerText();
    await anna.page.keyboard.press('Escape');
    await boris.page.goto(`/#join=${invite}`);
    await boris.page.reload();
    await log(anna.page)
      .getByText(/Boris.? joined/)
      .waitFor();
    await say(anna.page, 'Hills or lake?');
    await log(boris.page).getByText('Hills or lake?').waitFor();
    await log(anna.page).getByText('Read', { exact: true }).waitFor();
    await say(boris.page, 'Lake! Who brings the tent?');
    await log(anna.page).getByText('Lake! Who brings the tent?').waitFor();
    await expect.poll(() => bubbles(anna.page).allInnerTexts()).toEqual(await bubbles(boris.page).allInnerTexts());
  });

  test('shows the number of unread messages in the list', async () => {
    await button(boris.page, 'Back to chats').click();
    await say(anna.page, 'I do. Bring a guitar');
    await boris.page.getByRole('img', { name: '1 unread message' }).waitFor();
    await boris.page.getByRole('link', { name: /Weekend/ }).click();
    await log(boris.page).getByText('I do. Bring a guitar').waitFor();
  });

  test('catches up after an interrupted network and shows the interruption', async () => {
    boris.network.cut();
    await boris.page.getByText(/Reconnecting in/).waitFor();
    for (const text of ['Saturday at nine', 'From the station', 'Do not be late']) await say(anna.page, text);
    await log(anna.page).getByText('Sent', { exact: true }).last().waitFor();
    boris.network.restore();
    await log(boris.page).getByText('Do not be late').waitFor();
    await connected(boris.page).waitFor();
    await expect.poll(() => bubbles(boris.page).allInnerTexts()).toEqual(await bubbles(anna.page).allInnerTexts());
  });

  test('sends a message again whose answer was lost, without a duplicate', async () => {
    anna.network.loseAnswers();
    await say(anna.page, 'Am I still here?');
    await log(boris.page).getByText('Am I still here?').waitFor();
    await anna.page.clock.fastForward(times.answer);
    await log(anna.page).getByText('Waiting to be sent').waitFor();
    anna.network.cut();
    anna.network.restore();
    await anna.page.locator('.mine:not(.outgoing)', { hasText: 'Am I still here?' }).waitFor();
    for (const { page } of [anna, boris]) expect(await log(page).getByText('Am I still here?').count()).toBe(1);
    await expect.poll(() => anna.page.locator('.outgoing').count()).toBe(0);
  });

  test('streams the answer of the assistant, suggests replies and creates a meeting', async () => {
    // On a busy machine it may be there for less than a frame.
    const draft = anna.page.evaluate(`new Promise((resolve) => {
      const seen = new MutationObserver(() => document.querySelector('.draft') && resolve());
      seen.observe(document.body, { childList: true, subtree: true });
    })`);
    await ask(boris.page, 'Hills or lake?');
    await draft;
    await log(anna.page).locator('blockquote', { hasText: 'Boris asked' }).getByText('Hills or lake?').waitFor();
    await ask(anna.page, 'Shall we meet?');
    await button(anna.page, 'Create a meeting').click();
    await answer(anna.page, 'Google account token', '4/playground');
    for (const { page } of [anna, boris]) await page.getByRole('link', { name: 'Join the meeting' }).waitFor();
    await attach(anna.page, 'Suggest a reply');
    const chip = anna.page.locator('.chips button').first();
    const suggestion = await chip.innerText();
    await chip.click();
    await expect.poll(() => box(anna.page).inputValue()).toBe(suggestion);
    await chip.waitFor({ state: 'hidden' });
    await attach(anna.page, 'Suggest a reply');
    await chip.waitFor();
    await button(anna.page, 'Hide the suggestions').click();
    await chip.waitFor({ state: 'hidden' });
    await button(anna.page, 'Create a meeting').waitFor({ state: 'detached' });
    await box(anna.page).fill('');
    await say(anna.page, 'See you');
  });

  test('leaves the text and the cursor in the message box alone when a message arrives', async () => {
    await box(anna.page).fill('Half a message');
    for (let n = 0; n < 3; n++) await box(anna.page).press('ArrowLeft');
    await say(boris.page, 'Just a moment');
    await log(anna.page).getByText('Just a moment').waitFor();
    await anna.page.keyboard.type('!');
    await expect.poll(() => box(anna.page).inputValue()).toBe('Half a mess!age');
    await box(anna.page).fill('');
  });

  test('shows HTML in a message as text', async () => {
    const text = '<b>bold</b> & <img src=x onerror=alert(1)>';
    await say(boris.page, text);
    await log(anna.page).getByText(text, { exact: true }).waitFor();
    await expect.poll(() => log(anna.page).locator('b, img').count()).toBe(0);
  });

  test('is accessible on a desktop and a phone, light and dark', async () => {
    for (const text of ['The lake, then', 'And a guitar']) await say(boris.page, text);
    await log(anna.page).getByText('And a guitar').waitFor();
    await anna.page.getByText('2 participants').waitFor();
    for (const { page } of [anna, boris]) {
      await expectAccessible(page);
      // Colours that are still changing have no contrast.
      await page.emulateMedia({ colorScheme: page === anna.page ? 'dark' : 'light', reducedMotion: 'reduce' });
      await expectAccessible(page);
    }
    await button(boris.page, 'Back to chats').click();
    await expectAccessible(boris.page);
  });

  test('switches to Russian and keeps the chat open', async () => {
    await chooseLanguage(anna.page, 'Русский');
    await button(anna.page, 'Записать голосовое').waitFor();
    await log(anna.page)
      .getByText(/Boris.? теперь в группе/)
      .waitFor();
    await anna.page.reload();
    await chooseLanguage(anna.page, 'English');
    await log(anna.page)
      .getByText(/Boris.? joined/)
      .waitFor();
  });

  test('forgets everything of a user who signs out, and keeps typed fields when the language changes', async () => {
    await box(anna.page).fill('Not for others');
    await signOut(anna.page);
    await anna.page.getByRole('dialog', { name: '1 draft' }).getByRole('button', { name: 'Sign out' }).click();
    await anna.page.getByLabel('Email').fill('vera@example.com');
    await button(anna.page, 'Русский').click();
    await expect.poll(() => anna.page.getByLabel('Почта').inputValue()).toBe('vera@example.com');
    await button(anna.page, 'English').click();
    await signUp(anna.page, { email: 'vera@example.com', name: 'Vera' });
    await anna.page.getByText('No chats yet').waitFor();
    await expect.poll(() => anna.page.getByText('Not for others').count()).toBe(0);
    await expect.poll(() => log(anna.page).count()).toBe(0);
  });
});
