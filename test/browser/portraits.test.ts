import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { newPicture, shownWidth, withPosition } from './files.ts';
import { openChat, openInfo } from './messages.ts';
import { button, chatLink, log, type Person, useScene } from './scene.ts';
import { openSettings, sheet } from './settings.ts';

/** Pictures of people and groups. */

describe.skipIf(!findChromium())('avatars and group pictures', () => {
  const scene = useScene();
  let anna: Person;
  let boris: Person;
  let page: Page;

  beforeEach(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    ({ page } = await scene.visit(anna));
  });

  const choose = async (label: string) => {
    const picture = withPosition(await newPicture(page, 'me.jpg', 900, 600));
    const chooser = page.waitForEvent('filechooser');
    await button(page, 'Choose a picture').click();
    await (await chooser).setFiles([picture]);
    const dialog = page.getByRole('dialog', { name: label });
    await expect.poll(() => shownWidth(dialog.locator('.avatar img'))).toBe(512);
    return dialog;
  };

  test('an avatar is chosen, shown to others, and removed', async () => {
    const direct = await scene.newDirect(boris, anna);
    await scene.say(boris, direct, 'Hello');
    const group = await scene.newGroup('Lake', boris, anna);
    await scene.say(anna, group, 'Hi');
    await openSettings(page, 'Anna');
    await button(page, 'Change the picture').click();
    const dialog = await choose('My picture');
    await expectAccessible(page);
    const { user } = await scene.get('/users/me', anna);
    const bytes = Buffer.from(await (await fetch(user.avatarUrl)).arrayBuffer());
    expect(bytes.includes('Exif')).toBe(false);
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));

    const other = (await scene.visit(boris)).page;
    await expect.poll(() => shownWidth(chatLink(other, 'Anna').locator('.avatar img'))).toBe(512);
    await openChat(other, 'Lake');
    await expect.poll(() => shownWidth(log(other).locator('.theirs .avatar img'))).toBe(512);

    await button(page, 'Remove the picture').click();
    await expect.poll(() => dialog.locator('.avatar img').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => sheet(page).locator('.avatar img').count()).toBe(0);
    await expect.poll(() => page.locator('.sidebar header .avatar img').count()).toBe(0);
    expect((await scene.get('/users/me', anna)).user.avatarUrl).toBeUndefined();
  });

  test('a group gets a picture, which the members see at once', async () => {
    await scene.newGroup('Lake', anna, boris);
    const other = (await scene.visit(boris)).page;
    await openChat(other, 'Lake');
    await openChat(page, 'Lake');
    await (await openInfo(page)).getByRole('button', { name: 'Change the group picture' }).click();
    await choose('Group picture');
    await expect.poll(() => shownWidth(chatLink(other, 'Lake').locator('.avatar img'))).toBe(512);
    await expect.poll(() => shownWidth(other.locator('.chat header .avatar img'))).toBe(512);
    await log(other).getByText('changed the group picture').waitFor();
    await button(page, 'Remove the picture').click();
    await expect.poll(() => chatLink(other, 'Lake').locator('.avatar img').count()).toBe(0);
  });
});
