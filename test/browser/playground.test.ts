import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { times } from '../../infra/local/playground/client/times.ts';
import { desktop, expectAccessible, findChromium, phone, type Visitor } from './chromium.ts';
import { answer, box, bubbles, button, log, say, useScene } from './scene.ts';

/** The page at `/`, as people use it, with the stand-ins that a newcomer finds there. */

async function signUp(page: Page, name: string): Promise<void> {
  await page.getByLabel('Email').fill(`${name.toLowerCase()}@example.com`);
  await page.getByLabel('Password').fill('correct horse');
  await page.getByLabel('Name').fill(name);
  await button(page, 'Create an account').click();
}

describe.skipIf(!findChromium())('the playground', () => {
  const scene = useScene('of the runner');
  let anna: Visitor;
  let boris: Visitor;

  beforeAll(async () => {
    anna = await scene.visit(undefined, { viewport: desktop, colorScheme: 'light' });
    boris = await scene.visit(undefined, { viewport: phone, colorScheme: 'dark', hasTouch: true });
  });

  test('one signs up by email, the other by phone', async () => {
    await expectAccessible(anna.page);
    await signUp(anna.page, 'Anna');
    await anna.page.getByRole('heading', { name: 'Anna' }).waitFor();

    await button(boris.page, 'Phone').click();
    await boris.page.getByLabel('Phone').fill('+79991234567');
    await button(boris.page, 'Get a code').click();
    const arrived = await boris.page.getByText(/has arrived here/).innerText();
    await expectAccessible(boris.page);
    await boris.page.getByLabel('Code').fill(/\d{6}/.exec(arrived)?.[0] ?? '');
    await button(boris.page, 'Sign in').click();
    await button(boris.page, 'Change my name').click();
    await answer(boris.page, 'Name', 'Boris');
    await boris.page.getByRole('heading', { name: 'Boris' }).waitFor();
  });

  test('they meet in a group by its invite code, and chat live', async () => {
    await button(anna.page, 'New group').click();
    await answer(anna.page, 'Name of the group', 'Weekend');
    const invite = await button(anna.page, /^Invite/).innerText();
    await boris.page.goto(`/#join=${invite.split(' ')[1]}`);
    await boris.page.reload();
    await log(anna.page).getByText('Boris joined').waitFor();
    await say(anna.page, 'Hills or lake?');
    await log(boris.page).getByText('Hills or lake?').waitFor();
    await log(anna.page).getByText('· Read').waitFor();
    await say(boris.page, 'Lake! Who brings the tent?');
    await log(anna.page).getByText('Lake! Who brings the tent?').waitFor();
    expect(await bubbles(anna.page).allInnerTexts()).toEqual(await bubbles(boris.page).allInnerTexts());
  });

  test('who looks at the list sees what is unread', async () => {
    await button(boris.page, 'Back to the chats').click();
    await say(anna.page, 'I do. Bring a guitar');
    await boris.page.getByRole('img', { name: '1 unread message' }).waitFor();
    await boris.page.getByRole('link', { name: /Weekend/ }).click();
    await log(boris.page).getByText('I do. Bring a guitar').waitFor();
  });

  test('who was away has everything when the network is back, and is told meanwhile', async () => {
    boris.network.cut();
    await boris.page.getByText(/Reconnecting in/).waitFor();
    for (const text of ['Saturday at nine', 'From the station', 'Do not be late']) await say(anna.page, text);
    await log(anna.page).getByText('· Sent').waitFor();
    boris.network.mend();
    await log(boris.page).getByText('Do not be late').waitFor();
    await boris.page.getByText('Connected').waitFor();
    expect(await bubbles(boris.page).allInnerTexts()).toEqual(await bubbles(anna.page).allInnerTexts());
  });

  test('a message that failed is sent again without a double, though it had arrived', async () => {
    anna.network.loseAnswers();
    await say(anna.page, 'Am I still here?');
    await log(boris.page).getByText('Am I still here?').waitFor();
    await anna.page.clock.fastForward(times.timeoutMs);
    await log(anna.page).getByText('Not sent.').waitFor();
    await button(anna.page, 'Try again').click();
    anna.network.cut();
    anna.network.mend();
    await anna.page.locator('.mine:not(.outgoing)', { hasText: 'Am I still here?' }).waitFor();
    for (const { page } of [anna, boris]) expect(await log(page).getByText('Am I still here?').count()).toBe(1);
    expect(await anna.page.locator('.outgoing').count()).toBe(0);
  });

  test('the assistant answers before the eyes of both, suggests, and a meeting is made', async () => {
    await box(boris.page).fill('Hills or lake?');
    const draft = anna.page.locator('.draft').waitFor();
    await button(boris.page, 'Ask the assistant').click();
    await draft;
    await log(anna.page).getByText('Boris asked: Hills or lake?').waitFor();
    await box(anna.page).fill('Shall we meet?');
    await button(anna.page, 'Ask the assistant').click();
    await button(anna.page, 'Create a meeting').click();
    await answer(anna.page, 'A token of your Google account', '4/playground');
    for (const { page } of [anna, boris]) await page.getByRole('link', { name: 'Join the meeting' }).waitFor();
    await button(anna.page, 'Suggest').click();
    const chip = anna.page.locator('.chips button').first();
    const suggestion = await chip.innerText();
    await chip.click();
    expect(await box(anna.page).inputValue()).toBe(suggestion);
    await box(anna.page).fill('');
    await say(anna.page, 'See you');
  });

  test('nobody is kept out: both widths, light and dark', async () => {
    for (const text of ['The lake, then', 'And a guitar']) await say(boris.page, text);
    await log(anna.page).getByText('And a guitar').waitFor();
    await anna.page.getByText('2 participants').waitFor();
    for (const { page } of [anna, boris]) {
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: page === anna.page ? 'dark' : 'light' });
      await expectAccessible(page);
    }
    await button(boris.page, 'Back to the chats').click();
    await expectAccessible(boris.page);
  });

  test('it is spoken Russian too, and what is open stays open', async () => {
    await button(anna.page, 'По-русски').click();
    await anna.page.getByRole('button', { name: 'Отправить' }).waitFor();
    await log(anna.page).getByText('Boris теперь в группе').waitFor();
    await anna.page.reload();
    await anna.page.getByRole('button', { name: 'In English' }).click();
    await log(anna.page).getByText('Boris joined').waitFor();
  });
});
