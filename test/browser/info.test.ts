import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium, phone } from './chromium.ts';
import { openChat, openInfo } from './messages.ts';
import { answer, box, button, chatLink, log, type Person, useScene } from './scene.ts';

/** The sheet about the open chat: what it shows, how it opens and closes, and what it does to the chat. */

describe.skipIf(!findChromium())('the sheet about a chat', () => {
  const scene = useScene();
  let [anna, boris, vera] = [] as unknown as [Person, Person, Person];
  let lake = '';

  beforeEach(async () => {
    [anna, boris, vera] = [
      await scene.newPerson('Anna'),
      await scene.newPerson('Boris'),
      await scene.newPerson('Vera'),
    ];
    lake = await scene.newGroup('Lake', anna, boris, vera);
  });

  const opened = async (person: Person, name = 'Lake', options?: Parameters<typeof scene.visit>[1]) => {
    const { page } = await scene.visit(person, options);
    await openChat(page, name);
    return { page, sheet: await openInfo(page) };
  };
  const item = (sheet: Locator, name: string | RegExp) => sheet.getByRole('button', { name });
  const focused = (page: Page) => page.locator(':focus');
  const answerConfirm = (page: Page, question: RegExp, verb: string) =>
    page.getByRole('dialog', { name: question }).getByRole('button', { name: verb, exact: true }).click();

  test.each(['en-US', 'ru-RU'])('each of its parts is accessible and fits in 320 px, in %s', async (locale) => {
    await scene.say(boris, lake, 'Hello');
    const { page } = await scene.visit(anna, { viewport: { width: 320, height: 640 }, locale });
    for (const part of ['info', 'info/members', 'info/add', 'info/invite', `info/person/${boris.user.id}`]) {
      await page.goto(`/#chat=${lake}&panel=${part}`);
      const sheet = page.locator('dialog.sheet');
      await sheet
        .getByText(part === 'info' ? 'Vera' : /./)
        .first()
        .waitFor();
      await expectAccessible(page);
      await expect
        .poll(() => sheet.locator('.content').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
        .toBe(0);
    }
  });

  test('is used by keyboard alone: into a part, back to its row, and out to the title', async () => {
    const { page } = await scene.visit(anna);
    await openChat(page, 'Lake');
    await button(page, 'Lake').press('Enter');
    const sheet = page.getByRole('dialog', { name: 'Group info' });
    await item(sheet, 'Invite link').press('Enter');
    await focused(page)
      .and(page.getByRole('heading', { name: 'Invite link' }))
      .waitFor();
    await button(page, 'Back').press('Enter');
    await focused(page).and(item(sheet, 'Invite link')).waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await focused(page).and(button(page, 'Lake')).waitFor();
  });

  test('stays open when a selection of text ends beside it, and closes when a press begins there', async () => {
    const { page, sheet } = await opened(anna);
    const { x = 0, y = 0 } = (await sheet.getByRole('heading', { name: 'Group info' }).boundingBox()) ?? {};
    await page.mouse.move(x + 5, y + 5);
    await page.mouse.down();
    await page.mouse.move(20, 400);
    await page.mouse.up();
    await item(sheet, 'Invite link').click();
    await page.getByRole('heading', { name: 'Invite link' }).waitFor();
    await page.mouse.click(20, 400);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  test('Android’s back button goes up from one of its parts, where Escape closes it', async () => {
    const { page, sheet } = await opened(anna);
    const part = page.getByRole('dialog', { name: 'Invite link' });
    await item(sheet, 'Invite link').click();
    // The browser turns the button into this event.
    await part.evaluate((dialog) => dialog.dispatchEvent(new Event('cancel', { cancelable: true })));
    await item(sheet, 'Invite link').click();
    await part.waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  test('the browser’s back button closes it, and a reload keeps it open', async () => {
    const { page, sheet } = await opened(anna, 'Lake', { viewport: phone });
    await item(sheet, 'Add people').click();
    await page.getByRole('dialog', { name: 'Add people' }).waitFor();
    await page.reload();
    await page.getByRole('dialog', { name: 'Add people' }).waitFor();
    await page.goBack();
    await page.getByRole('dialog', { name: 'Group info' }).waitFor();
    await page.goBack();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('heading', { name: 'Lake', level: 2 }).waitFor();
  });

  test('a new name is shown at once to everybody who has it open, and a refused one beside its field', async () => {
    const { page, sheet } = await opened(anna);
    const other = await opened(boris);
    await item(sheet, 'Rename the group').click();
    await answer(page, 'Group name', 'x'.repeat(101));
    await page.getByText('Too long. Maximum length: 100.').waitFor();
    await answer(page, 'Group name', 'Hills');
    await sheet.locator('.portrait-of').getByText('Hills').waitFor();
    await other.sheet.locator('.portrait-of').getByText('Hills').waitFor();
    await expect.poll(() => item(other.sheet, 'Rename the group').count()).toBe(0);
  });

  test('mutes the chat, and puts it into the archive', async () => {
    const { page, sheet } = await opened(anna);
    await item(sheet, 'Mute').click();
    await page.getByRole('dialog', { name: 'Notifications' }).getByRole('button', { name: 'Mute forever' }).click();
    await item(sheet, 'Muted').waitFor();
    await item(sheet, 'More').click();
    await page.getByRole('dialog', { name: 'Actions' }).getByRole('button', { name: 'Archive' }).click();
    const listed = async () => (await scene.get('/chats', anna)).chats[0];
    await expect
      .poll(listed)
      .toMatchObject({ notifications: { level: 'none' }, place: { pinned: false, archived: true } });
  });

  test('leads to the search, whose field then has the focus', async () => {
    const { page, sheet } = await opened(anna);
    await item(sheet, 'Search').click();
    await sheet.waitFor({ state: 'detached' });
    await focused(page)
      .and(page.getByRole('searchbox', { name: 'Search in this chat' }))
      .waitFor();
  });

  test('a pinned message leads to its place in the chat', async () => {
    const { message } = await scene.say(boris, lake, 'The boat leaves at nine');
    await scene.post(`/chats/${lake}/pins/${message.id}`, anna, undefined, 'PUT');
    const { page, sheet } = await opened(anna);
    await item(sheet, 'Pinned messages').click();
    // Awaited from the beginning: it is marked for a moment only.
    const marked = page.locator('.message.marked', { hasText: 'The boat' }).waitFor();
    const pinned = page.getByRole('dialog', { name: 'Pinned messages' }).getByRole('button', { name: /The boat/ });
    await Promise.all([marked, pinned.click()]);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  test('leaving names the next owner, and takes the group out of the list', async () => {
    const hills = await scene.newGroup('Hills', anna, boris);
    await scene.post(`/groups/${hills}/members`, anna, { userIds: [vera.user.id] });
    await scene.post(`/groups/${hills}/members/${vera.user.id}/role`, anna, { role: 'admin' }, 'PUT');
    const { page, sheet } = await opened(anna, 'Hills');
    const other = await opened(vera, 'Hills');
    await item(sheet, 'Leave the group').click();
    await answerConfirm(page, /Vera.? will be its owner/, 'Leave');
    await chatLink(page, 'Hills').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await other.sheet.getByText('2 participants').first().waitFor();
    await other.sheet.locator('.member', { hasText: 'Vera (you)' }).getByText('Owner').waitFor();
  });

  test('whoever is the last is told that the group is closed, and may stay', async () => {
    await scene.newGroup('Alone', vera);
    const { page, sheet } = await opened(vera, 'Alone');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.method()));
    await item(sheet, 'Leave the group').click();
    await answerConfirm(page, /it will be closed/, 'Cancel');
    // Comes after a request to leave, if there were one.
    await Promise.all([page.waitForRequest(/\/health$/), page.evaluate("fetch('/health')")]);
    expect(asked).not.toContain('DELETE');
    await item(sheet, 'Leave the group').waitFor();
    await chatLink(page, 'Alone').waitFor();
  });

  test('a blocked person can be unblocked in their direct chat, which then goes on', async () => {
    const direct = await scene.newDirect(boris, anna);
    await scene.say(boris, direct, 'Hello');
    const { page, sheet } = await opened(anna, 'Boris');
    await sheet.getByRole('link', { name: /Lake/ }).waitFor();
    await item(sheet, 'Block').click();
    await answerConfirm(page, /Block .?Boris/, 'Block');
    await item(sheet, 'Unblock').waitFor();
    await page.locator('.chat header[data-connection=ended]').waitFor();
    expect((await scene.get('/users/me/blocks', anna)).users).toMatchObject([{ id: boris.user.id }]);
    await item(sheet, 'Unblock').click();
    await item(sheet, 'Block').waitFor();
    await page.locator('.chat header[data-connection=live]').waitFor();
    await button(page, 'Close').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await box(page).fill('Welcome back');
    await box(page).press('Enter');
    await log(page).getByText('Welcome back').waitFor();
  });

  test.each([
    ['en-US', 'You have blocked this person.', 'Unblock'],
    ['ru-RU', 'Вы заблокировали этого пользователя.', 'Разблокировать'],
  ])('in a direct chat only whoever has blocked the other can unblock them, in %s', async (locale, words, verb) => {
    const direct = await scene.newDirect(boris, anna);
    await scene.say(boris, direct, 'Hello');
    await scene.post(`/users/${boris.user.id}/block`, anna, {}, 'PUT');
    const [annas, boriss] = [await scene.visit(anna, { locale }), await scene.visit(boris, { locale })];
    for (const { page } of [annas, boriss]) {
      const blocks = page.waitForResponse(/\/users\/me\/blocks/);
      await page.goto(`/#chat=${direct}`);
      await page.locator('.chat header[data-connection=ended]').waitFor();
      await blocks;
    }
    const { page } = annas;
    await page.locator('.writing').getByText(words).waitFor();
    expect(await box(page).count()).toBe(0);
    await expectAccessible(page);
    expect(await button(boriss.page, verb).count()).toBe(0);
    expect(await box(boriss.page).count()).toBe(1);
    await button(page, verb).press('Enter');
    await page.locator('.chat header[data-connection=live]').waitFor();
    await focused(page).and(box(page)).waitFor();
    expect((await scene.get('/users/me/blocks', anna)).users).toEqual([]);
  });

  test('a direct chat leaves the list after a question, until its next message', async () => {
    const direct = await scene.newDirect(boris, anna);
    await scene.say(boris, direct, 'Hello');
    const { page, sheet } = await opened(anna, 'Boris');
    await item(sheet, 'Remove from my chats').click();
    await answerConfirm(page, /Remove the chat from your list/, 'Remove');
    await chatLink(page, 'Boris').waitFor({ state: 'detached' });
    await scene.say(boris, direct, 'Still there?');
    await chatLink(page, 'Boris').waitFor();
  });

  test('what the server refuses is said in the sheet', async () => {
    const { page, sheet } = await opened(anna);
    await page.route(/\/notifications$/, (route) =>
      route.fulfill({ status: 429, json: { code: 'too_many_requests' } }),
    );
    await item(sheet, 'Mute').click();
    await page.getByRole('dialog', { name: 'Notifications' }).getByRole('button', { name: 'Mute forever' }).click();
    await sheet.getByRole('alert').getByText('Too many requests').waitFor();
  });
});
