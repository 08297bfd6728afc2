import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { choose, openChat, openInfo, openMenu } from './messages.ts';
import { button, log, type Person, useScene } from './scene.ts';

/** Reports of messages to the operator. */

describe.skipIf(!findChromium())('reporting a message', () => {
  const scene = useScene();
  let [anna, boris] = [] as unknown as [Person, Person];

  beforeEach(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
  });

  const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Report the message' });
  const reportOf = (page: Page) => page.waitForResponse(/\/messages\/report$/);

  test('sends the chosen reason with the details', async () => {
    const lake = await scene.newGroup('Lake', anna, boris);
    const { message } = await scene.say(boris, lake, 'Buy now');
    await scene.say(anna, lake, 'Mine');
    const { page } = await scene.visit(anna);
    await openChat(page, 'Lake');
    await choose(page, 'Buy now', 'Report');
    const dialog = dialogOf(page);
    await dialog.getByText('Buy now').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('radio', { name: 'Fraud' }).check();
    await dialog.getByLabel('Details').fill('A fake shop');
    const [answer] = await Promise.all([reportOf(page), dialog.getByRole('button', { name: 'Report' }).click()]);
    expect(answer.status()).toBe(200);
    expect(answer.request().postDataJSON()).toEqual({
      chatId: lake,
      messageId: message.id,
      reason: 'Fraud: A fake shop',
    });
    await page.getByText('Reported.').waitFor();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await openMenu(page, 'Mine');
    await expect.poll(() => button(page, 'Report').count()).toBe(0);
  });

  test('in a direct chat its author may be blocked right after', async () => {
    const direct = await scene.newDirect(boris, anna);
    await scene.say(boris, direct, 'Buy now');
    const { page } = await scene.visit(anna);
    await openChat(page, 'Boris');
    await choose(page, 'Buy now', 'Report');
    await dialogOf(page).getByRole('button', { name: 'Report' }).click();
    await page
      .getByRole('dialog', { name: /Block .?Boris.? too/ })
      .getByRole('button', { name: 'Block' })
      .click();
    await page.locator('.chat header[data-connection=ended]').waitFor();
    expect((await scene.get('/users/me/blocks', anna)).users).toMatchObject([{ id: boris.user.id }]);
  });

  test('the newest message of a person can be reported from their profile; a refusal is said in the dialog', async () => {
    const lake = await scene.newGroup('Lake', anna, boris);
    await scene.say(boris, lake, 'Buy now');
    const { page } = await scene.visit(anna);
    await openChat(page, 'Lake');
    await log(page).getByText('Buy now').waitFor();
    const sheet = await openInfo(page);
    await sheet.locator('.member', { hasText: 'Boris' }).getByRole('button').click();
    await button(page, 'Report the last message').click();
    await page.route(/\/messages\/report$/, (route) =>
      route.fulfill({ status: 409, json: { code: 'message_deleted' } }),
    );
    await dialogOf(page).getByRole('button', { name: 'Report' }).click();
    await dialogOf(page).getByRole('alert').getByText('This message has been deleted.').waitFor();
    await page.keyboard.press('Escape');
    await dialogOf(page).waitFor({ state: 'detached' });
    await page.getByRole('dialog', { name: 'Profile' }).waitFor();
  });
});
